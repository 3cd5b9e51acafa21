/// The members of a field value that is a comma-separated list, without white space around them.
///
/// Commas within quoted strings belong to a member (RFC 9110, sections 5.6.1 and 5.6.4); empty members are passed over.
struct CommaList: Sequence, IteratorProtocol {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// The members of `bytes`.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The next member.
    mutating func next() -> ArraySlice<UInt8>? {
        while position < bytes.endIndex {
            let start = position
            skipMember()
            let member = ASCII.trimmed(bytes[start..<position])
            // Behind the comma, which is not there at the end.
            position = Swift.min(position + 1, bytes.endIndex)
            if !member.isEmpty { return member }
        }
        return nil
    }

    private mutating func skipMember() {
        var isQuoted = false
        while position < bytes.endIndex, isQuoted || bytes[position] != ASCII.comma {
            if bytes[position] == ASCII.quote {
                isQuoted.toggle()
            } else if isQuoted, bytes[position] == ASCII.backslash, position + 1 < bytes.endIndex {
                position += 1
            }
            position += 1
        }
    }
}
