import Catalog
import HTTPWire
import NIOCore

extension Exchange {
    /// Writes `Location` and `Content-Location`; those that name the target name the public origin instead.
    func writeLocations(of upstream: UpstreamConnection, to buffer: inout ByteBuffer) {
        guard upstream.head.present.has(.location) || upstream.head.present.has(.contentLocation) else { return }
        let dropped = answerNames(of: upstream.head)
        for line in upstream.head.fields where line.id == .location || line.id == .contentLocation {
            if dropped.contains(where: { upstream.head.names(line, $0) }) { continue }
            upstream.head.append(line.name, to: &buffer)
            buffer.writeStaticString(": ")
            writePublic(upstream.head.copy(line.value), target: upstream.target, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
    }

    private func writePublic(_ location: [UInt8], target: TargetPlan, to buffer: inout ByteBuffer) {
        guard let host = forwardedHost, let rest = remainder(of: location, after: target) else {
            buffer.writeBytes(location)
            return
        }
        writeProtocol(to: &buffer)
        buffer.writeStaticString("://")
        connection.head.append(host, to: &buffer)
        buffer.writeBytes(rest)
    }

    /// What follows the target's origin and path prefix, if the location names the target.
    private func remainder(of location: [UInt8], after target: TargetPlan) -> ArraySlice<UInt8>? {
        var origins = [target.origin, target.originWithPort]
        if case .named(let name)? = plan?.upstream.host {
            origins += [Array("http://\(name)".utf8), Array("https://\(name)".utf8)]
        }
        // A reference may also name the authority alone (RFC 3986 §4.2).
        origins += origins.map { Array($0.drop { $0 != UInt8(ascii: "/") }) }
        for origin in origins where location.count >= origin.count {
            let head = location.prefix(origin.count).map(ASCII.lower)
            guard head == origin.map(ASCII.lower) else { continue }
            var rest = location.dropFirst(origin.count)
            guard let next = rest.first else { return rest }
            guard next == UInt8(ascii: "/") || next == UInt8(ascii: "?") || next == UInt8(ascii: "#") else { continue }
            if !target.pathPrefix.isEmpty, rest.starts(with: target.pathPrefix) {
                let after = rest.dropFirst(target.pathPrefix.count)
                if after.isEmpty || after.first == UInt8(ascii: "/") || after.first == UInt8(ascii: "?") {
                    rest = after
                }
            }
            return rest
        }
        return nil
    }
}
