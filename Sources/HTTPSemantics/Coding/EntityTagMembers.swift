/// The members of one line of `If-Match` or `If-None-Match`, each with its place.
///
/// Unlike ``EntityTagCondition`` it goes on behind what is malformed, and names the bytes, so that one member can be
/// changed while the rest stays as it is.
struct EntityTagMembers: Sequence, IteratorProtocol {
    /// One member.
    struct Member {
        /// The bytes of the member, without white space and commas around it.
        let range: Range<Int>
        /// The tag; `nil` for `*` and for what is malformed.
        let tag: EntityTag?
    }

    private let line: [UInt8]
    private var position = 0

    /// The members of `line`.
    init(_ line: [UInt8]) { self.line = line }

    /// The next member; empty ones are passed over.
    mutating func next() -> Member? {
        while position < line.count, Self.isSeparator(line[position]) { position += 1 }
        guard position < line.count else { return nil }
        let start = position
        if let tag = EntityTag.scan(line, at: &position), isAtMemberEnd {
            return Member(range: start..<position, tag: tag)
        }
        position = start
        skipMember()
        return Member(range: start..<position, tag: nil)
    }

    /// Whether only white space stands between here and the next comma or the end.
    private var isAtMemberEnd: Bool {
        var index = position
        while index < line.count, ASCII.isBlank(line[index]) { index += 1 }
        return index == line.count || line[index] == ASCII.comma
    }

    /// Moves behind a malformed member: to the next comma outside of quotes.
    private mutating func skipMember() {
        var isQuoted = false
        while position < line.count, isQuoted || line[position] != ASCII.comma {
            if line[position] == ASCII.quote { isQuoted.toggle() }
            position += 1
        }
        while position > 0, ASCII.isBlank(line[position - 1]) { position -= 1 }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { ASCII.isBlank(byte) || byte == ASCII.comma }
}
