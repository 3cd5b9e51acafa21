/// One header field of a request or an answer.
package struct RaceField: Sendable, Equatable {
    /// Its name, as written.
    package let name: String
    /// Its value.
    package let value: String

    /// A field.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Reads `Name: value` as it is typed on a command line.
    ///
    /// `nil` unless the name is a token (RFC 9110, section 5.6.2) and the value free of control characters.
    package init?(line: String) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(String(parts[0]), String(parts[1].drop { $0 == " " || $0 == "\t" }))
        guard isWellFormed else { return nil }
    }

    /// Whether the name is a token and the value free of control characters.
    var isWellFormed: Bool {
        Self.isToken(name) && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    /// Whether a text is a token (RFC 9110, section 5.6.2).
    static func isToken(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isTokenCharacter) }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }
}

extension [RaceField] {
    /// The value of the first field of this name, whatever the case of the name.
    func first(named name: String) -> String? {
        first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
