import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore
import RouteMatching

extension Exchange {
    /// Fields of the caller's request that do not belong to a read made for it.
    private static let notForReads = neverPassedOn.union(conditions).union(
        FieldSet(
            .contentLength,
            .contentType,
            .contentEncoding,
            .contentLanguage,
            .contentRange,
            .contentLocation,
            .davIf,
            .lockToken,
            .accept,
            .cacheControl,
            .idempotencyKey,
            .destination,
            .origin
        )
    )
    /// More of them, in lower case: they describe the body of the write, or make another method of the read's.
    private static let namesNotForReads = [
        "content-digest", "repr-digest", "digest", "content-md5", "content-disposition", "upload-offset",
        "upload-length", "upload-complete", "x-http-method-override", "x-http-method", "x-method-override",
    ].map { Array($0.utf8) }

    /// What to read to learn the version of the resource: the request's own target, or the named resource through the
    /// service's routes; `nil` where no route leads to it.
    func readSubject(for conditions: Preconditions) -> CallerRead.Subject? {
        guard let plan else { return nil }
        let accept = readAccept(for: conditions)
        let resource = resourcePath
        if resource.prefix(while: { $0 != UInt8(ascii: "?") }).elementsEqual(self.path) {
            return CallerRead.Subject(plan: plan, path: upstreamTarget(plan), query: query, accept: accept)
        }
        return readSubject(ofTarget: resource, accept: accept)
    }

    /// What to read at a path, with or without query, through the service's routes; `nil` where none leads there.
    func readSubject(ofTarget resource: [UInt8], accept: [UInt8]? = Array("application/json".utf8)) -> CallerRead
        .Subject?
    {
        guard let plan else { return nil }
        let mark = resource.firstIndex(of: UInt8(ascii: "?"))
        let path = Array(resource[..<(mark ?? resource.endIndex)])
        let query = mark.map { Array(resource[($0 + 1)...]) } ?? []
        // A second wall: nothing that was made up here may end the request line.
        guard PercentEncoding.isQuery(query), path.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        let bytes = connection.head.bytes
        let host = self.host ?? ByteSlice(0, 0)
        let match = snapshot.routes.match(
            host: bytes.span.extracting(host.range),
            path: path.span,
            method: Array("GET".utf8).span
        )
        guard case .route(let index, let captures) = match else { return nil }
        let other = snapshot.plans[index]
        guard other.service == plan.service else { return nil }
        var sent = other.rewrite.map { $0.filled(path: path, captures: captures, query: nil) } ?? path
        if !query.isEmpty { sent += [UInt8(ascii: "?")] + query }
        return CallerRead.Subject(plan: other, path: sent, query: query, accept: accept)
    }

    /// The path and query that this request itself has upstream.
    private func upstreamTarget(_ plan: RoutePlan) -> [UInt8] {
        var target = plan.rewrite.map { fill($0) } ?? path
        if !query.isEmpty { target += [UInt8(ascii: "?")] + query }
        return target
    }

    /// The Accept under which the named tag was given out, if known; else the request's own media type before all.
    private func readAccept(for conditions: Preconditions) -> [UInt8]? {
        let identity = identity
        let now = WallClock.milliseconds()
        for condition in [conditions.ifMatch, conditions.ifNoneMatch] {
            guard case .tags(let tags)? = condition else { continue }
            for tag in tags {
                let known = loop.shared.history.version(under: tag.bytes, of: identity, for: credential, at: now)
                if let known { return known.accept }
            }
        }
        guard let slice = connection.head.slice(of: .contentType),
            let type = MediaType(field: connection.head.copy(slice)),
            !type.essence.hasSuffix("patch+json"), !type.essence.hasPrefix("application/x-www-form")
        else {
            return Array("*/*".utf8)
        }
        return Array("\(type.essence), */*;q=0.1".utf8)
    }

    /// Writes the head of a read made for the caller.
    func writeReadHead(_ subject: CallerRead.Subject, target: TargetPlan, to buffer: inout ByteBuffer) {
        buffer.writeStaticString("GET ")
        buffer.writeBytes(target.pathPrefix)
        buffer.writeBytes(subject.path)
        buffer.writeStaticString(" HTTP/1.1\r\nHost: ")
        writeHost(plan: subject.plan, target: target, to: &buffer)
        var dropped = Self.notForReads
        if let keyField { dropped.add(keyField) }
        if !isPeerTrusted { dropped.add(.forwarded) }
        let names = namesToDrop(subject.plan) + Self.namesNotForReads
        connection.head.writeFields(except: dropped, names: names, to: &buffer)
        writeForwardingFields(to: &buffer)
        if let headers = subject.plan.headers { buffer.writeBytes(headers.request.lines) }
        // An upstream that has seen the number with the read refuses whoever comes late from then on.
        if let fence, subject.plan.conflict?.policy.level == .fenced {
            buffer.writeString("Parley-Fence: \(fence)\r\n")
        }
        if let accept = subject.accept {
            buffer.writeStaticString("Accept: ")
            buffer.writeBytes(accept)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("Accept-Encoding: identity\r\nCache-Control: no-cache\r\n\r\n")
    }
}
