import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore
import RouteMatching

extension Exchange {
    /// The client's answer from an answer of the upstream that is there whole; conflicts in it are marked and journaled.
    func gatheredReply(_ upstream: UpstreamConnection, body: [UInt8]) -> LocalReply {
        status = upstream.head.status
        if mustClassify(status), let finding = finding(in: upstream.head, body: body, isComplete: true) {
            if plan?.conflict?.policy.explain == .replace, body.count <= Self.replaceLimit {
                note(finding, status: upstream.head.status)
                return replacement(for: upstream, body: body, finding)
            }
            note(finding, status: upstream.head.status)
        }
        var buffer = ByteBuffer()
        let dropped = FieldSet.hopByHop.union(
            FieldSet(.parley, .xRequestID, .contentLength, .location, .contentLocation)
        )
        upstream.head.writeFields(except: dropped, names: answerNames(of: upstream.head), to: &buffer)
        writeLocations(of: upstream, to: &buffer)
        // The answer to a write is not coded; its tag may need the mark of an uncoded one.
        var reply = LocalReply(status: normalStatus ?? status, lines: Array(buffer: buffer), body: body)
        reply.tag = upstream.head.slice(of: .etag).flatMap { EntityTag(field: upstream.head.copy($0)) }
        if let tag = reply.tag, shown(tag) != tag {
            reply.lines = LocalReply.without([Array("etag".utf8)], reply.lines)
            reply.lines += Array("ETag: ".utf8) + shown(tag).bytes + [13, 10]
        }
        return reply
    }

    /// The identities of what a MOVE or COPY also changes: its Destination (RFC 4918 §10.3).
    func destinationIdentities() -> [ResourceIdentity] {
        guard method == .move || method == .copy, let plan, let slice = connection.head.slice(of: .destination) else {
            return []
        }
        return identity(ofReference: connection.head.copy(slice), under: plan).map { [$0] } ?? []
    }

    /// The identity of what an absolute URI or a path names; `nil` for one that has no normal form, which the upstream
    /// judges.
    func identity(ofReference reference: [UInt8], under plan: RoutePlan) -> ResourceIdentity? {
        var bytes = reference[...]
        if let mark = bytes.firstRange(of: Array("://".utf8)) {
            bytes = bytes[mark.upperBound...].drop { $0 != UInt8(ascii: "/") }
        }
        let path = bytes.prefix { $0 != UInt8(ascii: "?") }
        guard let normal = try? TargetPath.normalise(Array(path)) else { return nil }
        return identity(ofPath: normal, under: plan)
    }

    /// The identity that a write to `path` would have.
    private func identity(ofPath path: [UInt8], under plan: RoutePlan) -> ResourceIdentity {
        let bytes = connection.head.bytes
        let match = snapshot.routes.match(
            host: bytes.span.extracting((host ?? ByteSlice(0, 0)).range),
            path: path.span,
            method: Array("PUT".utf8).span
        )
        if case .route(let index, captures: let captures) = match,
            let other = snapshot.plans[index].conflict?.policy.resource
        {
            return ResourceIdentity(
                upstream: snapshot.plans[index].upstream.name,
                path: other.filled(path: path, captures: captures, query: nil)
            )
        }
        return ResourceIdentity(upstream: plan.upstream.name, path: path)
    }
}
