/// Lower-cased text in which many short phrases are looked for.
///
/// Knows which pairs of neighbouring bytes occur, so that nearly all phrases are refused without a scan.
struct SearchText: Sendable {
    /// Longest text that is looked at, in bytes.
    static let limit = 8192

    /// The text, lower case.
    let bytes: [UInt8]
    private let pairs: [UInt64]

    /// Lower-cases the first bytes of a text.
    init(_ text: some Collection<UInt8>) {
        bytes = ASCIIText.lower(text.prefix(Self.limit))
        var seen = [UInt64](repeating: 0, count: 1024)
        var previous: UInt8?
        for byte in bytes {
            if let first = previous {
                let pair = Int(first) << 8 | Int(byte)
                seen[pair >> 6] |= 1 << UInt64(pair & 63)
            }
            previous = byte
        }
        pairs = seen
    }

    /// Whether there is nothing to search.
    var isEmpty: Bool { bytes.isEmpty }

    /// Whether the phrase, given in lower case, occurs.
    func holds(_ phrase: String) -> Bool {
        position(of: Array(phrase.utf8), from: 0) != nil
    }

    /// Whether the phrase, given as lower-case bytes, occurs.
    func holds(_ phrase: [UInt8]) -> Bool {
        position(of: phrase, from: 0) != nil
    }

    /// Whether one of the phrases occurs.
    func holds(any phrases: [String]) -> Bool {
        phrases.contains { holds($0) }
    }

    /// Where the phrase first occurs at or after `start`.
    func position(of phrase: [UInt8], from start: Int) -> Int? {
        guard let first = phrase.first, mayHold(phrase) else { return nil }
        var index = max(0, start)
        while index + phrase.count <= bytes.count {
            if bytes[index] == first, bytes[index..<(index + phrase.count)].elementsEqual(phrase) { return index }
            index += 1
        }
        return nil
    }

    private func mayHold(_ phrase: [UInt8]) -> Bool {
        guard phrase.count <= bytes.count else { return false }
        var previous: UInt8?
        for byte in phrase {
            if let first = previous {
                let pair = Int(first) << 8 | Int(byte)
                guard seenPair(pair) else { return false }
            }
            previous = byte
        }
        return true
    }

    private func seenPair(_ pair: Int) -> Bool {
        pairs[pair >> 6] & (1 << UInt64(pair & 63)) != 0
    }
}
