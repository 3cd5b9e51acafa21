/// A place in a JSON value (RFC 6901), as names of members and indices of elements from the root.
package struct JSONPointer: Sendable {
    /// The steps from the root, unescaped; none is the root itself.
    package let tokens: [String]

    /// A pointer of steps.
    package init(tokens: [String]) { self.tokens = tokens }

    /// Reads plain text such as `/lines/0/a~1b`.
    ///
    /// `nil` unless it is empty or starts with `/`, and each `~` belongs to a `~0` or `~1`.
    package init?(_ text: String) {
        guard !text.isEmpty else {
            tokens = []
            return
        }
        let bytes = Array(text.utf8)
        guard bytes[0] == ASCII.slash else { return nil }
        var tokens: [String] = []
        for part in bytes.dropFirst().split(separator: ASCII.slash, omittingEmptySubsequences: false) {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// The pointer as plain text; empty for the root.
    package var text: String {
        var output: [UInt8] = []
        for token in tokens { Self.append(token, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// What is at this place in `value`, or `nil` if there is no such place.
    ///
    /// Elements are numbered without leading zeros; `-`, the place behind the last element, holds nothing.
    package func lookup(in value: JSONValue) -> JSONValue? {
        var current = value
        for token in tokens {
            let next: JSONValue? =
                switch current {
                case .object(let object): object[token]
                case .array: Self.index(token).flatMap { current[$0] }
                default: nil
                }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// Appends `/` and `token`, escaped.
    static func append(_ token: String, to output: inout [UInt8]) {
        output.append(ASCII.slash)
        for byte in token.utf8 {
            switch byte {
            case 0x7E: output += [0x7E, 0x30]
            case ASCII.slash: output += [0x7E, 0x31]
            default: output.append(byte)
            }
        }
    }

    private static func unescaped(_ part: ArraySlice<UInt8>) -> String? {
        var output: [UInt8] = []
        var rest = part
        while let byte = rest.popFirst() {
            guard byte == 0x7E else {
                output.append(byte)
                continue
            }
            switch rest.popFirst() {
            case 0x30: output.append(0x7E)
            case 0x31: output.append(ASCII.slash)
            default: return nil
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func index(_ token: String) -> Int? {
        guard token.utf8.allSatisfy(ASCII.isDigit), token == "0" || token.utf8.first != 0x30 else { return nil }
        return Int(token)
    }
}

extension JSONPointer: Hashable {
    /// Whether all steps are the same, by their code points.
    package static func == (left: Self, right: Self) -> Bool {
        left.tokens.map(ExactText.init) == right.tokens.map(ExactText.init)
    }

    /// Equal pointers hash alike.
    package func hash(into hasher: inout Hasher) { hasher.combine(tokens) }
}
