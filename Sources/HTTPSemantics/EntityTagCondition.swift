/// The value of `If-Match` or `If-None-Match`: anything at all, or some named versions (RFC 9110, section 13.1).
package enum EntityTagCondition: Sendable, Equatable {
    /// `*`.
    case any
    /// The listed tags, at least one.
    case tags([EntityTag])

    /// Reads all lines of one field as a single list.
    ///
    /// Commas within quotes belong to a tag and empty members are passed over. A tag that one line opens and the
    /// next one closes is malformed, since joining lines with a comma would silently change the tag.
    package init(fieldLines: [[UInt8]]) throws(MalformedCondition) {
        if fieldLines.count == 1, Self.isStar(fieldLines[0]) {
            self = .any
            return
        }
        var tags: [EntityTag] = []
        for line in fieldLines { try Self.read(line, into: &tags) }
        guard !tags.isEmpty else { throw MalformedCondition(reason: .noTags) }
        self = .tags(tags)
    }

    /// Whether the condition names at least one tag that strong comparison can ever match.
    package var hasStrongTag: Bool {
        switch self {
        case .any: false
        case .tags(let tags): tags.contains { !$0.isWeak }
        }
    }

    /// Whether one of the tags equals `current` by strong comparison, or any version will do.
    func matchesStrongly(_ current: EntityTag?) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): current.map { current in tags.contains { $0.matchesStrongly(current) } } ?? false
        }
    }

    /// Whether one of the tags equals `current` by weak comparison, or any version will do.
    func matchesWeakly(_ current: EntityTag?) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): current.map { current in tags.contains { $0.matchesWeakly(current) } } ?? false
        }
    }

    private static func isStar(_ line: [UInt8]) -> Bool {
        ASCII.trimmed(line[...]).elementsEqual([ASCII.star])
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { ASCII.isBlank(byte) || byte == ASCII.comma }

    private static func read(_ line: [UInt8], into tags: inout [EntityTag]) throws(MalformedCondition) {
        var position = 0
        while true {
            while position < line.count, isSeparator(line[position]) { position += 1 }
            guard position < line.count else { return }
            if line[position] == ASCII.star { throw MalformedCondition(reason: .starNotAlone) }
            guard let tag = EntityTag.scan(line, at: &position) else { throw MalformedCondition(reason: .notATag) }
            tags.append(tag)
            while position < line.count, ASCII.isBlank(line[position]) { position += 1 }
            guard position == line.count || line[position] == ASCII.comma else {
                throw MalformedCondition(reason: .notATag)
            }
        }
    }
}
