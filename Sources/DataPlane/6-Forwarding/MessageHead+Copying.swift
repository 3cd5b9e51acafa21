import HTTPWire
import NIOCore

extension MessageHead {
    /// Copies the field lines onward, but for those in a set and those of given lower-case names; runs of kept lines
    /// are copied as one piece.
    func writeFields(
        except dropped: FieldSet,
        names: [[UInt8]],
        withStartLine: Bool = false,
        to buffer: inout ByteBuffer
    ) {
        var runStart = withStartLine ? 0 : fieldsStart
        for line in fields {
            let isDropped = dropped.has(line.id) || (!names.isEmpty && names.contains { self.names(line, $0) })
            guard isDropped else { continue }
            let start = Int(line.name.start)
            if start > runStart { append(runStart..<start, to: &buffer) }
            runStart = Int(line.end)
        }
        let end = fields.last.map { Int($0.end) } ?? fieldsStart
        if end > runStart { append(runStart..<end, to: &buffer) }
    }

    /// Whether a line has this name, given in lower case.
    func names(_ line: FieldLine, _ lower: some Collection<UInt8>) -> Bool {
        var index = line.name.range.lowerBound
        guard line.name.range.count == lower.count else { return false }
        for byte in lower {
            if ASCII.lower(bytes[index]) != byte { return false }
            index += 1
        }
        return true
    }

    /// Names, in lower case, of fields that `Connection` declares to be its own (RFC 9110 §7.6.1).
    ///
    /// Never those that frame or route the message: a peer could use them to smuggle another one past the gateway.
    func nominatedNames() -> [[UInt8]] {
        var names: [[UInt8]] = []
        forEachConnectionOption { option in
            // Almost every peer says one of these two, so they cost nothing.
            if ASCII.equalIgnoringCase(option, "keep-alive") || ASCII.equalIgnoringCase(option, "close") { return }
            var name: [UInt8] = []
            for index in option.indices { name.append(ASCII.lower(option[index])) }
            if !Self.neverNominated.contains(name) { names.append(name) }
        }
        return names
    }

    private static let neverNominated = ["content-length", "content-type", "host", "authorization", "cookie"].map {
        Array($0.utf8)
    }

    /// The value of a cookie; empty if there is none of that name.
    func cookie(_ name: String) -> [UInt8] {
        for value in values(of: .cookie) {
            for pair in value.split(separator: UInt8(ascii: ";")) {
                let trimmed = pair.drop { $0 == ASCII.space }
                guard trimmed.starts(with: Array(name.utf8)) else { continue }
                let rest = trimmed.dropFirst(name.utf8.count)
                if rest.first == UInt8(ascii: "=") { return Array(rest.dropFirst()) }
            }
        }
        return []
    }
}

extension MessageHead {
    /// The values of all lines of this name, given in lower case, for fields that are looked for too seldom to have an
    /// identifier.
    func values(named lower: String) -> [[UInt8]] {
        let name = Array(lower.utf8)
        return fields.filter { names($0, name) }.map { copy($0.value) }
    }
}
