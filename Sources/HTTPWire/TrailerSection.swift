/// Reads and writes the fields after the last chunk (RFC 9112 §7.1.2).
package enum TrailerSection {
    /// Fields that must not be merged or passed from a trailer: framing, routing, modifiers of the request,
    /// authentication, control data of the answer, descriptions of the content (RFC 9110 §6.5.1).
    package static let forbidden = FieldSet(
        .host,
        .contentLength,
        .transferEncoding,
        .connection,
        .keepAlive,
        .te,
        .trailer,
        .upgrade,
        .proxyConnection,
        .proxyAuthenticate,
        .proxyAuthorization,
        .expect,
        .authorization,
        .xAPIKey,
        .xGoogAPIKey,
        .cookie,
        .setCookie,
        .contentEncoding,
        .contentType,
        .contentRange,
        .range,
        .cacheControl,
        .ifMatch,
        .ifNoneMatch,
        .ifModifiedSince,
        .ifUnmodifiedSince,
        .ifRange,
        .davIf,
        .destination,
        .idempotencyKey,
        .lockToken,
        .location,
        .retryAfter,
        .vary,
        .date,
        .parley,
        .forwarded,
        .xForwardedFor,
        .xForwardedProto,
        .xForwardedHost,
        .xRequestID
    )

    /// The fields of complete lines, without those that may not be passed on.
    static func fields(_ lines: ArraySlice<UInt8>) throws(WireFault) -> [(name: [UInt8], value: [UInt8])] {
        var head = MessageHead(.answer)
        let bytes = Array("HTTP/1.1 200\r\n".utf8) + lines + [ASCII.cr, ASCII.lf]
        let (progress, taken) = try unsafe head.take(bytes.count, from: bytes.span.bytes)
        guard progress == .complete, taken == bytes.count else { throw .malformed("the trailer section is malformed") }
        var kept: [(name: [UInt8], value: [UInt8])] = []
        for line in head.fields where !forbidden.has(line.id) {
            kept.append((head.copy(line.name), head.copy(line.value)))
        }
        return kept
    }
}
