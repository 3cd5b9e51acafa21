/// Writes structured fields (RFC 9651, section 4.1).
package enum StructuredWriter {
    /// A value that no structured field can hold: a number with too many digits, or text with forbidden characters.
    package struct Unwritable: Error, Equatable {}

    /// The field value of one item.
    package static func bytes(_ item: StructuredItem) throws(Unwritable) -> [UInt8] {
        var output: [UInt8] = []
        try append(item, to: &output)
        return output
    }

    /// The field value of a list; empty for the empty list, which is not to be sent at all.
    package static func bytes(_ list: [StructuredMember]) throws(Unwritable) -> [UInt8] {
        var output: [UInt8] = []
        for member in list {
            if !output.isEmpty { output += [ASCII.comma, ASCII.space] }
            try append(member, to: &output)
        }
        return output
    }

    /// The field value of a dictionary; empty for the empty one, which is not to be sent at all.
    package static func bytes(_ dictionary: StructuredDictionary) throws(Unwritable) -> [UInt8] {
        var output: [UInt8] = []
        for entry in dictionary.entries {
            if !output.isEmpty { output += [ASCII.comma, ASCII.space] }
            try appendKey(entry.key, to: &output)
            if case .item(let item) = entry.member, item.value == .boolean(true) {
                try append(item.parameters, to: &output)
            } else {
                output.append(ASCII.equals)
                try append(entry.member, to: &output)
            }
        }
        return output
    }

    private static func append(_ member: StructuredMember, to output: inout [UInt8]) throws(Unwritable) {
        switch member {
        case .item(let item):
            try append(item, to: &output)
        case .innerList(let items, let parameters):
            output.append(0x28)
            for (index, item) in items.enumerated() {
                if index > 0 { output.append(ASCII.space) }
                try append(item, to: &output)
            }
            output.append(0x29)
            try append(parameters, to: &output)
        }
    }

    private static func append(_ item: StructuredItem, to output: inout [UInt8]) throws(Unwritable) {
        try append(item.value, to: &output)
        try append(item.parameters, to: &output)
    }

    private static func append(_ parameters: StructuredParameters, to output: inout [UInt8]) throws(Unwritable) {
        for parameter in parameters.all {
            output.append(ASCII.semicolon)
            try appendKey(parameter.key, to: &output)
            guard parameter.value != .boolean(true) else { continue }
            output.append(ASCII.equals)
            try append(parameter.value, to: &output)
        }
    }

    private static func appendKey(_ key: String, to output: inout [UInt8]) throws(Unwritable) {
        guard let first = key.utf8.first, StructuredScanner.isLowercase(first) || first == ASCII.star,
            key.utf8.allSatisfy(StructuredScanner.isKeyCharacter)
        else { throw Unwritable() }
        output += key.utf8
    }
}
