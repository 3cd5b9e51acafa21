/// The header fields the gateway looks at, recognised once while a head is parsed.
///
/// Raw values stay below 64, so that a set of them is one machine word.
package enum FieldName: UInt8, CaseIterable, Sendable {
    /// Any field that is none of the others.
    case other = 0
    case host, contentLength, transferEncoding, connection, keepAlive, te, trailer, upgrade
    case proxyConnection, proxyAuthenticate, proxyAuthorization, expect
    case via, forwarded, xForwardedFor, xForwardedProto, xForwardedHost, xRequestID
    case authorization, xAPIKey, xGoogAPIKey, cookie, setCookie
    case ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, ifRange, range, davIf
    case accept, acceptEncoding, acceptLanguage, contentType, contentEncoding, contentLanguage
    case contentRange, contentLocation, location, destination
    case etag, lastModified, date, server, vary, cacheControl, retryAfter, link
    case origin, accessControlRequestMethod, accessControlRequestHeaders, accessControlAllowOrigin
    case idempotencyKey, lockToken, secWebSocketKey, acceptRanges
    /// Any field whose name begins with `parley-`.
    case parley

    /// The name in lower case; empty for `other` and `parley`.
    package var text: StaticString {
        switch self {
        case .host: "host"
        case .contentLength: "content-length"
        case .transferEncoding: "transfer-encoding"
        case .connection: "connection"
        case .keepAlive: "keep-alive"
        case .te: "te"
        case .trailer: "trailer"
        case .upgrade: "upgrade"
        case .proxyConnection: "proxy-connection"
        case .proxyAuthenticate: "proxy-authenticate"
        case .proxyAuthorization: "proxy-authorization"
        case .expect: "expect"
        case .via: "via"
        case .forwarded: "forwarded"
        case .xForwardedFor: "x-forwarded-for"
        case .xForwardedProto: "x-forwarded-proto"
        case .xForwardedHost: "x-forwarded-host"
        case .xRequestID: "x-request-id"
        case .authorization: "authorization"
        case .xAPIKey: "x-api-key"
        case .xGoogAPIKey: "x-goog-api-key"
        case .cookie: "cookie"
        case .setCookie: "set-cookie"
        case .ifMatch: "if-match"
        case .ifNoneMatch: "if-none-match"
        case .ifModifiedSince: "if-modified-since"
        case .ifUnmodifiedSince: "if-unmodified-since"
        case .ifRange: "if-range"
        case .range: "range"
        case .davIf: "if"
        default: textOfContent
        }
    }

    /// The names about content, caching and applications.
    private var textOfContent: StaticString {
        switch self {
        case .accept: "accept"
        case .acceptEncoding: "accept-encoding"
        case .acceptLanguage: "accept-language"
        case .contentType: "content-type"
        case .contentEncoding: "content-encoding"
        case .contentLanguage: "content-language"
        case .contentRange: "content-range"
        case .contentLocation: "content-location"
        case .location: "location"
        case .destination: "destination"
        case .etag: "etag"
        case .lastModified: "last-modified"
        case .date: "date"
        case .server: "server"
        case .vary: "vary"
        case .cacheControl: "cache-control"
        case .retryAfter: "retry-after"
        case .link: "link"
        case .origin: "origin"
        case .accessControlRequestMethod: "access-control-request-method"
        case .accessControlRequestHeaders: "access-control-request-headers"
        case .accessControlAllowOrigin: "access-control-allow-origin"
        case .idempotencyKey: "idempotency-key"
        case .lockToken: "lock-token"
        case .secWebSocketKey: "sec-websocket-key"
        case .acceptRanges: "accept-ranges"
        default: ""
        }
    }

    /// The bit that stands for this name in a ``FieldSet``.
    @inlinable package var bit: UInt64 { 1 &<< UInt64(rawValue) }
}
