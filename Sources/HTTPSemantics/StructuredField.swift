/// Reads structured fields, strictly (RFC 9651, section 4.2).
package enum StructuredField {
    /// A field that is one item; more than one line is a fault.
    package static func item(_ lines: [[UInt8]]) throws(StructuredFieldFault) -> StructuredItem {
        var scanner = StructuredScanner(lines)
        let item = try scanner.item()
        try scanner.finish()
        return item
    }

    /// A field that is a list; nothing at all is the empty list.
    package static func list(_ lines: [[UInt8]]) throws(StructuredFieldFault) -> [StructuredMember] {
        var scanner = StructuredScanner(lines)
        var members: [StructuredMember] = []
        while !scanner.isAtEnd {
            members.append(try scanner.member())
            guard try scanner.separator() else { break }
        }
        return members
    }

    /// A field that is a dictionary; nothing at all is the empty one, and of equal keys the last wins.
    package static func dictionary(_ lines: [[UInt8]]) throws(StructuredFieldFault) -> StructuredDictionary {
        var scanner = StructuredScanner(lines)
        var dictionary = StructuredDictionary()
        while !scanner.isAtEnd {
            let key = try scanner.key()
            if scanner.take(ASCII.equals) {
                dictionary.set(key, to: try scanner.member())
            } else {
                dictionary.set(key, to: .item(StructuredItem(.boolean(true), try scanner.parameters())))
            }
            guard try scanner.separator() else { break }
        }
        return dictionary
    }
}
