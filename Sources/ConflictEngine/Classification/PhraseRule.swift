/// Words that show a kind of conflict.
///
/// Written as `first|or this + second|or that + !but not this`: of each part joined by `+` one alternative must hold;
/// a part that starts with `!` must not hold.
struct PhraseRule: Sendable {
    private let wanted: [[[UInt8]]]
    private let unwanted: [[UInt8]]
    /// The kind that the words show.
    let kind: ConflictKind

    /// Reads the pattern.
    init(_ pattern: String, _ kind: ConflictKind) {
        var wanted: [[[UInt8]]] = []
        var unwanted: [[UInt8]] = []
        for part in Self.split(Array(pattern.utf8), by: " + ") {
            let isUnwanted = part.first == UInt8(ascii: "!")
            let choices = Self.split(isUnwanted ? Array(part.dropFirst()) : part, by: "|")
            if isUnwanted { unwanted += choices } else { wanted.append(choices) }
        }
        self.wanted = wanted
        self.unwanted = unwanted
        self.kind = kind
    }

    /// Whether the text has the words.
    func matches(_ text: SearchText) -> Bool {
        guard !text.isEmpty else { return false }
        return wanted.allSatisfy { choices in choices.contains { text.holds($0) } }
            && !unwanted.contains { text.holds($0) }
    }

    private static func split(_ text: [UInt8], by separator: String) -> [[UInt8]] {
        let mark = Array(separator.utf8)
        var parts: [[UInt8]] = [[]]
        var index = 0
        while index < text.count {
            if text[index...].starts(with: mark) {
                parts.append([])
                index += mark.count
            } else {
                parts[parts.count - 1].append(text[index])
                index += 1
            }
        }
        return parts.filter { !$0.isEmpty }
    }
}
