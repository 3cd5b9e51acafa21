/// Takes keys out of texts of providers, which like to repeat the one that they refuse: it is the gateway's, not the
/// caller's to see.
package enum KeyMask {
    /// What stands before a secret.
    private struct Mark {
        /// Its text, in small letters unless its case counts.
        let text: [UInt8]
        var countsCase = true
        /// Whether it must begin a word.
        var beginsWord = true
        /// Whether blanks and quotes may stand between it and the secret.
        var standsApart = false
        /// Whether a plain word may follow it, which is no secret.
        var mayPrecedeWords = false
    }

    private static let marks = [
        Mark(text: Array("sk-".utf8)), Mark(text: Array("AIza".utf8)),
        Mark(text: Array("key=".utf8), countsCase: false, beginsWord: false, standsApart: true),
        Mark(text: Array("bearer ".utf8), countsCase: false, standsApart: true, mayPrecedeWords: true),
    ]
    private static let replacement = Array("…".utf8)
    /// The longest run of letters behind `Bearer` that counts as a word.
    private static let longestWord = 16

    /// The text with «…» in the place of each secret: behind `sk-`, `AIza`, `key=` and `Bearer`.
    package static func masked(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if let secret = secret(in: bytes, markedAt: position) {
                output += bytes[position..<secret.lowerBound]
                output += replacement
                position = secret.upperBound
            } else {
                output.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Where the secret stands that belongs to a mark which begins at `start`.
    private static func secret(in bytes: [UInt8], markedAt start: Int) -> Range<Int>? {
        for mark in marks where stands(mark, at: start, in: bytes) {
            var rest = bytes[(start + mark.text.count)...]
            if mark.standsApart { rest = rest.drop { $0 == 0x20 || isQuote($0) } }
            let secret = rest.prefix { !endsSecret($0) }
            guard !secret.isEmpty, !(mark.mayPrecedeWords && isWord(secret)) else { continue }
            return secret.startIndex..<secret.endIndex
        }
        return nil
    }

    private static func stands(_ mark: Mark, at start: Int, in bytes: [UInt8]) -> Bool {
        if mark.beginsWord, start > 0, isLetterOrDigit(bytes[start - 1]) { return false }
        guard bytes.count - start >= mark.text.count else { return false }
        return zip(mark.text, bytes[start...]).allSatisfy { wanted, byte in
            byte == wanted || !mark.countsCase && byte | 0x20 == wanted && isLetterOrDigit(byte)
        }
    }

    /// Whether it is prose, such as «Bearer token.»: a key of letters only is longer.
    private static func isWord(_ secret: ArraySlice<UInt8>) -> Bool {
        let letters = secret.prefix { (0x61...0x7A).contains($0 | 0x20) }
        let rest = secret.dropFirst(letters.count)
        return letters.count < longestWord && rest.allSatisfy { $0 == 0x2E || $0 == 0x3A }
    }

    private static func endsSecret(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "]"), UInt8(ascii: "}"):
            true
        default: byte <= 0x20 || isQuote(byte)
        }
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }
}
