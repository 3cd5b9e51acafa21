/// Entity tags in whole field values, as the upstream knows them and as clients do.
///
/// Everything that is not a well-formed tag stays as it came, byte for byte. Where nothing changes the answer is `nil`,
/// so that the bytes of the head can be used as they are. See ``CodedTag`` for the map.
package enum CodedTagFields {
    /// `ETag` as clients get it, for a representation sent in `coding`; `nil` if it stays as it is.
    ///
    /// A malformed tag cannot be mapped and stays as it is; ``CompressionPlan`` codes nothing that carries one.
    package static func mappedOut(etag line: ArraySlice<UInt8>, coding: AnswerCoding?) -> [UInt8]? {
        // The escape can only be needed where the value ends in two letters behind two hyphens.
        guard coding != nil || endsLikeOurs(line), let tag = EntityTag(field: Array(line)) else { return nil }
        let sent = CodedTag(original: tag, coding: coding).sent
        return sent == tag ? nil : sent.bytes
    }

    /// One line of `If-Match` or `If-None-Match` as the upstream gets it; `nil` if it stays as it is.
    ///
    /// Each member is mapped by itself; commas within quotes belong to a tag, and `*` is kept.
    package static func mappedBack(list line: [UInt8]) -> [UInt8]? {
        guard mayHoldOurs(line) else { return nil }
        var rewriting = Rewriting(line)
        for member in EntityTagMembers(line) {
            guard let tag = member.tag else { continue }
            rewriting.map(tag, at: member.range)
        }
        return rewriting.result
    }

    /// One line of the WebDAV field `If` as the upstream gets it (RFC 4918, section 10.4); `nil` if it stays as it is.
    ///
    /// Entity tags stand in square brackets within a list; resource tags and state tokens are passed over. From the
    /// first thing on that breaks the grammar everything stays as it came.
    package static func mappedBack(davIf line: [UInt8]) -> [UInt8]? {
        guard mayHoldOurs(line) else { return nil }
        var rewriting = Rewriting(line)
        var position = 0
        var isInList = false
        scan: while position < line.count {
            let byte = line[position]
            switch byte {
            case 0x28 where !isInList, 0x29 where isInList:
                isInList.toggle()
                position += 1
            case 0x3C:
                guard let end = line[position...].firstIndex(of: 0x3E) else { break scan }
                position = end + 1
            case 0x5B where isInList:
                var end = position + 1
                guard let tag = EntityTag.scan(line, at: &end), end < line.count, line[end] == 0x5D else { break scan }
                rewriting.map(tag, at: position + 1..<end)
                position = end + 1
            default:
                // The letters of `Not`; whether they spell it is the upstream's affair.
                guard ASCII.isBlank(byte) || ASCII.isLetter(byte) else { break scan }
                position += 1
            }
        }
        return rewriting.result
    }

    /// Whether a line of `If-Match`, `If-None-Match` or `If-Range` names a representation that the gateway has coded.
    package static func namesCoded(_ line: [UInt8]) -> Bool {
        mayHoldOurs(line)
            && EntityTagMembers(line).contains { $0.tag.map { CodedTag(sent: $0).coding != nil } ?? false }
    }

    /// Whether two hyphens stand side by side, without which no tag in `line` is changed.
    static func mayHoldOurs(_ line: [UInt8]) -> Bool {
        var previous: UInt8 = 0
        for byte in line {
            if byte == ASCII.minus, previous == ASCII.minus { return true }
            previous = byte
        }
        return false
    }

    private static func endsLikeOurs(_ line: ArraySlice<UInt8>) -> Bool {
        ASCII.trimmed(line).suffix(5).starts(with: [ASCII.minus, ASCII.minus])
    }

    /// A line of which some tags are replaced.
    private struct Rewriting {
        private let line: [UInt8]
        private var output: [UInt8] = []
        private var copied = 0

        init(_ line: [UInt8]) { self.line = line }

        /// The line with its replacements; `nil` if there were none.
        var result: [UInt8]? { copied == 0 ? nil : output + line[copied...] }

        /// Replaces a client's tag by the upstream's, if they differ.
        mutating func map(_ tag: EntityTag, at range: Range<Int>) {
            let original = CodedTag(sent: tag).original
            guard original != tag else { return }
            output += line[copied..<range.lowerBound]
            output += original.bytes
            copied = range.upperBound
        }
    }
}
