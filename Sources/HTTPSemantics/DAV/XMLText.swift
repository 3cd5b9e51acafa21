/// Writes text and addresses into XML.
package enum XMLText {
    /// The line that every document here starts with.
    static let declaration = Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".utf8)

    /// `text` as content or attribute value.
    ///
    /// `text` is UTF-8; characters that XML cannot hold become U+FFFD.
    package static func escaped(_ text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard let (value, width) = XMLCharacters.decode(text, at: index), XMLCharacters.isAllowed(value) else {
                output += [0xEF, 0xBF, 0xBD]
                index += 1
                continue
            }
            if let reference = reference(value) {
                output += reference.utf8
            } else {
                output += text[index..<(index + width)]
            }
            index += width
        }
        return output
    }

    /// The path or URI `reference` as the content of `href`: what is not visible ASCII is percent-encoded.
    package static func href(_ reference: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(reference.count)
        for byte in reference {
            if byte > ASCII.space, byte < 0x7F {
                output.append(byte)
            } else {
                output += [ASCII.percent, ASCII.upperHex(byte >> 4), ASCII.upperHex(byte)]
            }
        }
        return escaped(output)
    }

    /// Reads a whole document, to see that it is one.
    package static func check(_ document: [UInt8]) throws(XMLFault) {
        var reader = try XMLReader(document)
        while try reader.next() != .finished {}
    }

    private static func reference(_ value: UInt32) -> String? {
        switch value {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        case 0x22: "&quot;"
        case 0x9: "&#9;"
        case 0xA: "&#10;"
        case 0xD: "&#13;"
        default: nil
        }
    }
}
