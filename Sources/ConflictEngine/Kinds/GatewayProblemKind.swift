/// A reason, other than a conflict, for which the gateway itself answers (contract, section 3.5).
package enum GatewayProblemKind: String, CaseIterable, Sendable {
    /// No route matches host and path.
    case noRoute = "no-route"
    /// A route matches the path but not the method; the answer carries Allow.
    case methodNotAllowed = "method-not-allowed"
    /// The request cannot be read, or could be read in two ways.
    case badRequest = "bad-request"
    /// The request line is longer than the limit.
    case uriTooLong = "uri-too-long"
    /// The header section is larger than the limit.
    case headersTooLarge = "headers-too-large"
    /// The body is larger than the limit.
    case bodyTooLarge = "body-too-large"
    /// No part of the representation lies in the requested range.
    case rangeNotSatisfiable = "range-not-satisfiable"
    /// No credentials, or credentials that are not known.
    case unauthenticated
    /// Known caller, without the right.
    case forbidden
    /// Over the configured rate; the answer carries Retry-After.
    case rateLimited = "rate-limited"
    /// No target of the upstream could be reached.
    case upstreamUnreachable = "upstream-unreachable"
    /// The upstream's answer breaks the rules of HTTP.
    case upstreamProtocol = "upstream-protocol"
    /// The upstream did not answer in time.
    case upstreamTimeout = "upstream-timeout"
    /// A transfer coding that the gateway does not know.
    case notImplemented = "not-implemented"
    /// The gateway is out of room for more work.
    case overloaded
    /// The gateway is shutting down.
    case draining
    /// A guard found in the request what may not be sent to a model, or in the answer what may not be passed on.
    case contentRefused = "content-refused"
    /// The caller's budget does not allow the call.
    case budgetExceeded = "budget-exceeded"
    /// No language model gave an answer that can be used.
    case modelFailed = "model-failed"
    /// The model, or its vendor, refused to answer.
    case modelRefused = "model-refused"
    /// The model's answer does not have the form that was asked for.
    case outputMismatch = "output-mismatch"

    /// Status of the answer.
    package var status: Int {
        switch self {
        case .noRoute: 404
        case .methodNotAllowed: 405
        case .badRequest: 400
        case .uriTooLong: 414
        case .headersTooLarge: 431
        case .bodyTooLarge: 413
        case .rangeNotSatisfiable: 416
        case .unauthenticated: 401
        case .forbidden: 403
        case .rateLimited: 429
        case .upstreamUnreachable, .upstreamProtocol: 502
        case .upstreamTimeout: 504
        case .notImplemented: 501
        case .overloaded, .draining: 503
        case .contentRefused: 400
        case .budgetExceeded: 402
        case .modelFailed, .modelRefused, .outputMismatch: 502
        }
    }

    /// One sentence that is the same for every occurrence (`title` of RFC 9457).
    package var title: String {
        switch self {
        case .noRoute: "No route matches this request"
        case .methodNotAllowed: "This method is not allowed here"
        case .badRequest: "The request is malformed"
        case .uriTooLong: "The request line is too long"
        case .headersTooLarge: "The header section is too large"
        case .bodyTooLarge: "The body is too large"
        case .rangeNotSatisfiable: "The requested range lies outside the representation"
        case .unauthenticated: "A valid key is needed"
        case .forbidden: "This caller may not do that"
        case .rateLimited: "Too many requests"
        case .upstreamUnreachable: "The upstream cannot be reached"
        case .upstreamProtocol: "The upstream's answer cannot be understood"
        case .upstreamTimeout: "The upstream did not answer in time"
        case .notImplemented: "The gateway does not implement this"
        case .overloaded: "The gateway is overloaded"
        case .draining: "The gateway is shutting down"
        case .contentRefused: "A guard refused the content"
        case .budgetExceeded: "The budget does not allow this call"
        case .modelFailed: "No model gave an answer that can be used"
        case .modelRefused: "The model refused to answer"
        case .outputMismatch: "The model's answer is not what was asked for"
        }
    }

    /// What an occurrence says when nothing more is known about it, with the cure.
    package var defaultDetail: String {
        switch self {
        case .noRoute: "Check host and path; the operator sees with `parley explain` how a request is matched."
        case .methodNotAllowed: "The field Allow lists the methods that this path takes."
        case .badRequest:
            "The request breaks the rules of HTTP framing or of this API; correct it before sending it again."
        case .uriTooLong: "Request lines may have 8 KiB at most; move long values into the body."
        case .headersTooLarge: "Header sections may have 32 KiB and 100 fields at most; cookies are the usual culprit."
        case .bodyTooLarge: "Send less, or ask the operator for a higher body limit on this route."
        case .rangeNotSatisfiable: "The field Content-Range gives the current length; ask for a range within it."
        case .unauthenticated: "Send your key in X-API-Key, x-goog-api-key or Authorization: Bearer."
        case .forbidden: "Your key is known, but this route is not open to its groups; ask the operator."
        case .rateLimited:
            "Wait for the time in Retry-After; the fields RateLimit and RateLimit-Policy tell what is left."
        case .upstreamUnreachable: "No target of the upstream took the connection; nothing was sent. Try again later."
        case .upstreamProtocol:
            "The upstream answered against the rules of HTTP; a write may have been applied, so read first."
        case .upstreamTimeout: "The upstream took longer than its limit; a write may have been applied, so read first."
        case .notImplemented: "Send the body without transfer codings other than chunked."
        case .overloaded: "Try again after the time in Retry-After."
        case .draining: "Open a new connection and send the request again."
        case .contentRefused: "Take out what the detail names; the operator sees in the log which guard it was."
        case .budgetExceeded: "Wait for the next window of the budget, or ask the operator for a larger one."
        case .modelFailed: "Try again in a while; the operator sees in the log which providers were asked."
        case .modelRefused: "Say it in other words; the same words will probably be refused again."
        case .outputMismatch: "Try again, or ask the operator for a model that keeps to schemas."
        }
    }

    /// Path of the page that explains this kind; the `type` of its problem document.
    package var problemPath: String {
        "/.well-known/parley/problems/\(rawValue)"
    }
}
