/// Appends JSON to bytes.
package enum JSONWriter {
    /// Appends `value` without white space, members in their order and numbers as they were written.
    package static func append(_ value: JSONValue, to output: inout [UInt8]) {
        switch value {
        case .null: output += [0x6E, 0x75, 0x6C, 0x6C]
        case .bool(true): output += [0x74, 0x72, 0x75, 0x65]
        case .bool(false): output += [0x66, 0x61, 0x6C, 0x73, 0x65]
        case .number(let number): output += number.text
        case .string(let text): appendString(text, to: &output)
        case .array(let elements): append(elements, to: &output)
        case .object(let object): append(object, to: &output)
        }
    }

    /// `value` as bytes.
    package static func bytes(_ value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        append(value, to: &output)
        return output
    }

    /// Appends `text` in quotes, escaped.
    package static func appendString(_ text: String, to output: inout [UInt8]) {
        output.append(ASCII.quote)
        if isPlain(text.utf8Span.span) {
            output.append(contentsOf: text.utf8)
        } else {
            for byte in text.utf8 { appendEscaped(byte, to: &output) }
        }
        output.append(ASCII.quote)
    }

    /// Appends bytes in quotes, escaped, as text: what is not UTF-8 becomes U+FFFD, so that the result is always JSON.
    package static func appendString(utf8 bytes: [UInt8], to output: inout [UInt8]) {
        if bytes.allSatisfy({ $0 < 0x80 }) {
            output.append(ASCII.quote)
            for byte in bytes { appendEscaped(byte, to: &output) }
            output.append(ASCII.quote)
        } else {
            appendString(String(decoding: bytes, as: UTF8.self), to: &output)
        }
    }

    private static func append(_ elements: [JSONValue], to output: inout [UInt8]) {
        output.append(0x5B)
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(ASCII.comma) }
            append(element, to: &output)
        }
        output.append(0x5D)
    }

    private static func append(_ object: JSONObject, to output: inout [UInt8]) {
        output.append(0x7B)
        for (index, member) in object.members.enumerated() {
            if index > 0 { output.append(ASCII.comma) }
            appendString(member.name, to: &output)
            output.append(ASCII.colon)
            append(member.value, to: &output)
        }
        output.append(0x7D)
    }

    @inline(__always)
    private static func appendEscaped(_ byte: UInt8, to output: inout [UInt8]) {
        if isPlain(byte) {
            output.append(byte)
        } else {
            appendEscape(of: byte, to: &output)
        }
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != ASCII.quote && byte != ASCII.backslash
    }

    /// Whether nothing in `text` needs an escape, so that it can be copied in one go.
    private static func isPlain(_ text: Span<UInt8>) -> Bool {
        for index in 0..<text.count where !isPlain(text[index]) { return false }
        return true
    }

    private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
        output.append(ASCII.backslash)
        switch byte {
        case 0x08: output.append(0x62)
        case 0x09: output.append(0x74)
        case 0x0A: output.append(0x6E)
        case 0x0C: output.append(0x66)
        case 0x0D: output.append(0x72)
        case ASCII.quote, ASCII.backslash: output.append(byte)
        default: output += [0x75, 0x30, 0x30, ASCII.lowerHex(byte >> 4), ASCII.lowerHex(byte)]
        }
    }
}
