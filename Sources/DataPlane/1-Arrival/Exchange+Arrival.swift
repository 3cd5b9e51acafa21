import ConflictEngine
import HTTPSemantics
import HTTPWire

extension Exchange {
    /// Checks framing and target, believes or drops forwarding fields, names the request.
    func arrive() -> Verdict {
        started = loop.now
        method = MethodKind(connection.head)
        keepsAlive = connection.head.keepsAlive && !loop.isDraining
        requestID.take(from: connection.head, on: loop)
        do throws(WireFault) {
            try connection.head.checkHost()
            framing = try connection.head.requestFraming()
        } catch {
            connection.bodyIsFramed(.none)
            return refuseFraming(error)
        }
        connection.bodyIsFramed(framing)
        trustPeer()
        return readTarget()
    }

    /// Answers a head that could not be read; the connection closes, since nobody knows where the next request begins.
    func refuseHead(_ fault: WireFault) {
        reset()
        started = loop.now
        method = .other
        requestID.make(on: loop)
        connection.bodyIsFramed(.none)
        if case .reply(let reply) = refuseFraming(fault) { answer(reply) }
    }

    private func refuseFraming(_ fault: WireFault) -> Verdict {
        keepsAlive = false
        return .reply(.problem(GatewayProblemKind(fault), "The request was refused: \(fault.explanation)."))
    }

    /// Finds out whether the peer is a trusted proxy, and then who its client is, and how many proxies lie between.
    private func trustPeer() {
        guard !snapshot.trustedProxies.isEmpty, connection.address.isIn(snapshot.trustedProxies) else { return }
        isPeerTrusted = true
        trustedHops = 1
        guard connection.head.present.has(.xForwardedFor) else { return }
        let names = connection.head.values(of: .xForwardedFor)
            .flatMap { $0.split(separator: UInt8(ascii: ",")) }
            .map { String(decoding: $0, as: UTF8.self).trimmingBlanks() }
        for name in names.reversed() {
            guard let address = ClientAddress(parsing: name) else { break }
            forwardedClient = address
            guard address.isIn(snapshot.trustedProxies) else { break }
            trustedHops += 1
        }
    }

    /// The client's address: the peer's, or the one a trusted proxy named.
    var client: ClientAddress { forwardedClient ?? connection.address }

    /// Takes the target apart and brings its path into normal form.
    private func readTarget() -> Verdict {
        let target = connection.head.target.range
        var start = target.lowerBound
        if method == .connect { return methodRefused }
        if connection.head.bytes[start] != UInt8(ascii: "/") {
            if target.count == 1, connection.head.bytes[start] == UInt8(ascii: "*") {
                return method == .options ? .reply(.optionsOfServer) : badTarget("«*» goes with OPTIONS only")
            }
            guard let path = readAbsoluteForm(target) else {
                return badTarget("it is neither a path nor an http URL")
            }
            start = path
        }
        splitTarget(start, target.upperBound)
        if method == .trace { return methodRefused }
        return normalisePath()
    }

    private var methodRefused: Verdict {
        keepsAlive = false
        return .reply(.methodNotAllowed(allowed: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]))
    }

    private func badTarget(_ reason: String) -> Verdict {
        keepsAlive = false
        return .reply(.problem(.badRequest, "The request target was refused: \(reason)."))
    }

    /// Reads `http://authority` and says where the path begins; `nil` for anything else.
    private func readAbsoluteForm(_ target: Range<Int>) -> Int? {
        let bytes = connection.head.bytes
        let text = bytes[target]
        let scheme = text.prefix(8).map(ASCII.lower)
        let skip = scheme.starts(with: Array("http://".utf8)) ? 7 : scheme.starts(with: Array("https://".utf8)) ? 8 : 0
        guard skip > 0 else { return nil }
        let start = target.lowerBound + skip
        let end =
            bytes[start..<target.upperBound].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
            ?? target.upperBound
        guard HostField.isWellFormed(bytes.span.extracting(start..<end)) else { return nil }
        authority = ByteSlice(start, end)
        return end
    }

    private func splitTarget(_ start: Int, _ end: Int) {
        let index = connection.head.offset(of: UInt8(ascii: "?"), from: start, to: end)
        pathSlice = ByteSlice(start, index)
        querySlice = index < end ? ByteSlice(index + 1, end) : nil
    }

    private func normalisePath() -> Verdict {
        if let query = querySlice, connection.head.bytes[query.range].contains(UInt8(ascii: "#")) {
            return badTarget("it holds a fragment")
        }
        if pathSlice.isEmpty {
            rewrittenPath = [UInt8(ascii: "/")]
            return .proceed
        }
        let bytes = connection.head.bytes
        let path = bytes.span.extracting(pathSlice.range)
        if TargetPath.isNormal(path) { return .proceed }
        do throws(PathFault) {
            rewrittenPath = try TargetPath.normalise(path)
            return .proceed
        } catch {
            keepsAlive = false
            return .reply(.problem(.badRequest, error.summary))
        }
    }

    /// The path in normal form, as a copy.
    var path: [UInt8] { rewrittenPath ?? connection.head.copy(pathSlice) }

    /// The host the client asked for, with its port; empty if it named none.
    var host: ByteSlice? { authority ?? connection.head.slice(of: .host) }
}

extension String {
    /// The text without spaces and tabs at its ends.
    func trimmingBlanks() -> String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
