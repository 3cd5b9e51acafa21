import HTTPSemantics
import LLMTranslation

/// The members of one event's object, where they stand in its text.
struct StreamMembers {
    private let data: [UInt8]
    private let outline: JSONOutline

    /// The members of `data`.
    init(_ data: [UInt8], _ outline: JSONOutline) {
        self.data = data
        self.outline = outline
    }

    /// Whether there is a member of that name whose value is not null.
    func isThere(_ name: StaticString) -> Bool {
        guard let member = outline.member(name, in: data) else { return false }
        return data[member.value.lowerBound] != UInt8(ascii: "n")
    }

    /// Whether a member's value is `true`.
    func isTrue(_ name: StaticString) -> Bool {
        outline.member(name, in: data).map { data[$0.value.lowerBound] == UInt8(ascii: "t") } ?? false
    }

    /// The text of a member that is a string.
    func text(_ name: StaticString) -> String? { outline.string(name, in: data) }

    /// Bytes of text in a member's value.
    func textBytes(_ name: StaticString) -> Int {
        outline.member(name, in: data).map { TextMeter.textBytes(in: data, $0.value) } ?? 0
    }

    /// Whether a word stands anywhere in a member's value.
    func holds(_ word: StaticString, in name: StaticString) -> Bool {
        outline.member(name, in: data).map { ByteSearch.find(word, in: data[$0.value]) != nil } ?? false
    }
}
