import HTTPSemantics

/// A place in a text, for people.
struct TextPlace: Sendable, Equatable {
    /// The line, from 1.
    let line: Int
    /// The column, from 1: UTF-8 characters since the line began.
    let column: Int

    /// A place.
    init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place `offset` bytes behind the start of `bytes`.
    init(offset: Int, in bytes: [UInt8]) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(max(0, offset)) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        (self.line, self.column) = (line, column)
    }

    /// A fault of JSON in words that need no offset.
    static func words(_ reason: JSONFault.Reason) -> String {
        switch reason {
        case .endsEarly: "the JSON text ends early"
        case .unexpectedByte: "something that is not JSON"
        case .trailingBytes: "something follows the JSON value"
        case .malformedNumber: "a malformed number"
        case .malformedEscape: "a malformed escape in a string"
        case .controlCharacter: "a control character in a string that must be escaped"
        case .notUTF8: "a string that is not UTF-8"
        case .tooDeep: "arrays or objects are nested too deeply"
        }
    }
}
