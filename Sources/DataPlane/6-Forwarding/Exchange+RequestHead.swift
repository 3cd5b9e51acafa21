import Catalog
import HTTPSemantics
import HTTPWire
import NIOCore
import RouteMatching

extension Exchange {
    /// Fields of requests that belong to one hop or that the gateway writes itself.
    static let neverPassedOn = FieldSet.hopByHop.union(
        FieldSet(.host, .expect, .xForwardedFor, .xForwardedProto, .xForwardedHost, .xRequestID, .parley)
    )
    /// Conditions that level `serialise` evaluates itself.
    static let conditions = FieldSet(
        .ifMatch,
        .ifNoneMatch,
        .ifModifiedSince,
        .ifUnmodifiedSince,
        .ifRange,
        .range,
        .acceptEncoding
    )

    /// Writes the head that the upstream gets: fields nobody touches as the bytes they came in.
    func writeRequestHead(plan: RoutePlan, target: TargetPlan, to buffer: inout ByteBuffer) {
        writeRequestLine(plan: plan, target: target, to: &buffer)
        writeHost(plan: plan, target: target, to: &buffer)
        var dropped = Self.neverPassedOn
        if !isPeerTrusted { dropped.add(.forwarded) }
        if let keyField { dropped.add(keyField) }
        if plan.conflict?.policy.locks != nil { dropped.formUnion(Self.lockFields) }
        let ownsTags = plan.conflict?.ownsTags == true
        if ownsTags { dropped.formUnion(Self.conditions) }
        var names = namesToDrop(plan)
        if versioning?.bodyToSend != nil { dropped.add(.contentLength) }
        if let versioning {
            if versioning.hasOwnBody { names += Self.digests }
            names += versioning.fieldsToDrop
        }
        connection.head.writeFields(except: dropped, names: names, to: &buffer)
        writeForwardingFields(to: &buffer)
        if let headers = plan.headers { buffer.writeBytes(headers.request.lines) }
        if ownsTags { buffer.writeStaticString("Accept-Encoding: identity\r\n") }
        if let body = versioning?.bodyToSend {
            if !body.isEmpty || framing != .none {
                buffer.writeStaticString("Content-Length: ")
                StatusLine.writeDigits(body.count, to: &buffer)
                buffer.writeStaticString("\r\n")
            }
        } else if framing == .chunked {
            buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
        }
        if let fence { buffer.writeString("Parley-Fence: \(fence)\r\n") }
        if let lines = versioning?.requestLines, !lines.isEmpty { buffer.writeBytes(lines) }
        if wantsTunnel { buffer.writeStaticString("Connection: Upgrade\r\nUpgrade: websocket\r\n") }
        buffer.writeStaticString("\r\n")
    }

    /// What the gateway's own locks are told by; an upstream would take it for locks of its own.
    private static let lockFields = FieldSet(.davIf, .lockToken)

    /// Digests of a body (RFC 9530, and what it replaced), in lower case.
    private static let digests = ["content-digest", "repr-digest", "digest", "content-md5"].map { Array($0.utf8) }

    private func writeRequestLine(plan: RoutePlan, target: TargetPlan, to buffer: inout ByteBuffer) {
        if method == .head, plan.conflict?.ownsTags == true {
            buffer.writeStaticString("GET")
        } else {
            connection.head.append(connection.head.method, to: &buffer)
        }
        buffer.writeStaticString(" ")
        if !target.pathPrefix.isEmpty { buffer.writeBytes(target.pathPrefix) }
        if let rewrite = plan.rewrite {
            buffer.writeBytes(fill(rewrite))
        } else if let path = rewrittenPath {
            buffer.writeBytes(path)
        } else {
            connection.head.append(pathSlice, to: &buffer)
        }
        if let query = querySlice {
            buffer.writeStaticString("?")
            connection.head.append(query, to: &buffer)
        }
        if let added = versioning?.queryToAdd, !added.isEmpty {
            buffer.writeStaticString(hasQuery ? "&" : "?")
            buffer.writeBytes(added)
        }
        buffer.writeStaticString(" HTTP/1.1\r\nHost: ")
    }

    /// Writes the value of `Host` and ends its line.
    func writeHost(plan: RoutePlan, target: TargetPlan, to buffer: inout ByteBuffer) {
        switch plan.upstream.host {
        case .target: buffer.writeBytes(target.authority)
        case .named(let name): buffer.writeString(name)
        case .preserve:
            if let host { connection.head.append(host, to: &buffer) } else { buffer.writeBytes(target.authority) }
        }
        buffer.writeStaticString("\r\n")
    }

    /// Names, in lower case, of fields that the route or the client's `Connection` takes out.
    func namesToDrop(_ plan: RoutePlan) -> [[UInt8]] {
        var names = plan.headers?.request.dropped ?? []
        if connection.head.present.has(.connection) {
            names += connection.head.nominatedNames()
        }
        return names
    }

    /// Writes `Via`, `X-Forwarded-*` and `X-Request-Id`.
    func writeForwardingFields(to buffer: inout ByteBuffer) {
        if isPeerTrusted || connection.head.minorVersion != 1 {
            writeUnusualForwardingFields(to: &buffer)
        } else {
            buffer.writeBytes(connection.forwardingLines)
        }
        if let host = forwardedHost {
            buffer.writeStaticString("X-Forwarded-Host: ")
            connection.head.append(host, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeBytes(requestID.line)
    }

    /// The lines that are not the same for every request of the connection.
    private func writeUnusualForwardingFields(to buffer: inout ByteBuffer) {
        buffer.writeStaticString("Via: 1.")
        buffer.writeInteger(connection.head.minorVersion &+ 48)
        buffer.writeStaticString(" parley\r\nX-Forwarded-For: ")
        if isPeerTrusted {
            for value in connection.head.values(of: .xForwardedFor) {
                buffer.writeBytes(value)
                buffer.writeStaticString(", ")
            }
        }
        buffer.writeBytes(connection.address.text)
        buffer.writeStaticString("\r\nX-Forwarded-Proto: ")
        writeProtocol(to: &buffer)
        buffer.writeStaticString("\r\n")
    }

    /// The scheme the client used, as far as it is known.
    func writeProtocol(to buffer: inout ByteBuffer) {
        if isPeerTrusted, let slice = forwarded(.xForwardedProto) {
            connection.head.append(slice, to: &buffer)
        } else if connection.isSecure {
            buffer.writeStaticString("https")
        } else {
            buffer.writeStaticString("http")
        }
    }

    /// The host the client used, as far as it is known.
    var forwardedHost: ByteSlice? {
        isPeerTrusted ? forwarded(.xForwardedHost) ?? host : host
    }

    /// What the trusted proxy nearest to the client saw.
    ///
    /// Each has added a member on the right, and what stands further left came from the client. Of a list that is too short
    /// for that it is the first.
    private func forwarded(_ name: FieldName) -> ByteSlice? {
        var hops = trustedHops
        var found: ByteSlice?
        let bytes = connection.head.bytes
        for line in connection.head.fields.reversed() where line.id == name {
            let start = line.value.range.lowerBound
            var end = line.value.range.upperBound
            while hops > 0, end > start {
                let comma = bytes[start..<end].lastIndex(of: UInt8(ascii: ","))
                if let member = trimmed(bytes, from: comma.map { $0 + 1 } ?? start, to: end) {
                    found = member
                    hops -= 1
                }
                end = comma ?? start
            }
        }
        return found
    }

    private func trimmed(_ bytes: [UInt8], from start: Int, to end: Int) -> ByteSlice? {
        var (start, end) = (start, end)
        while start < end, bytes[start] <= ASCII.space { start += 1 }
        while start < end, bytes[end - 1] <= ASCII.space { end -= 1 }
        return start < end ? ByteSlice(start, end) : nil
    }

    /// A template with this request's parameters and query values filled in.
    func fill(_ template: Template) -> [UInt8] {
        template.filled(path: path, captures: captures, query: hasQuery ? query : nil)
    }
}
