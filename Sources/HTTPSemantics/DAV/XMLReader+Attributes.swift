extension XMLReader {
    private struct Attribute {
        let prefix: [UInt8]
        let local: [UInt8]
        let value: [UInt8]
        let offset: Int

        /// The prefix that it declares, empty for the default namespace; `nil` if it is no declaration.
        var declares: [UInt8]? {
            if prefix.elementsEqual("xmlns".utf8) { return local }
            return prefix.isEmpty && local.elementsEqual("xmlns".utf8) ? [] : nil
        }
    }

    private static var mostAttributes: Int { 64 }

    /// Reads the attributes of a start tag up to its `/` or `>`, and takes the namespaces that they declare into scope.
    mutating func readAttributes() throws(XMLFault) {
        var attributes: [Attribute] = []
        while true {
            let isSeparate = skipSpace()
            guard position < bytes.count else { throw fault() }
            if bytes[position] == ASCII.slash || bytes[position] == ASCII.greater { break }
            guard isSeparate else { throw fault() }
            guard attributes.count < Self.mostAttributes else { throw fault(.tooMuch) }
            attributes.append(try attribute())
        }
        for attribute in attributes {
            guard let prefix = attribute.declares else { continue }
            guard namespaces.declare(prefix: prefix, attribute.value) else {
                throw XMLFault(.namespace, at: attribute.offset)
            }
        }
        guard !namespaces.isTooMany else { throw fault(.tooMuch) }
        try checkNames(of: attributes)
    }

    private mutating func attribute() throws(XMLFault) -> Attribute {
        let start = position
        let (prefix, local) = try name()
        skipSpace()
        guard position < bytes.count, bytes[position] == ASCII.equals else { throw fault() }
        position += 1
        skipSpace()
        return Attribute(prefix: prefix, local: local, value: try attributeValue(), offset: start)
    }

    /// Every prefix is declared, and no name stands twice, be it under different prefixes.
    private func checkNames(of attributes: [Attribute]) throws(XMLFault) {
        var names: [XMLName] = []
        for attribute in attributes {
            let name: XMLName
            if attribute.declares != nil {
                name = XMLName(local: attribute.local, namespace: attribute.prefix)
            } else if attribute.prefix.isEmpty {
                name = XMLName(local: attribute.local, namespace: [])
            } else if let namespace = namespaces.namespace(of: attribute.prefix) {
                name = XMLName(local: attribute.local, namespace: namespace)
            } else {
                throw XMLFault(.namespace, at: attribute.offset)
            }
            guard !names.contains(name) else { throw XMLFault(.repeatedAttribute, at: attribute.offset) }
            names.append(name)
        }
    }

    /// Reads a quoted value; white space in it becomes spaces (XML 1.0, section 3.3.3).
    private mutating func attributeValue() throws(XMLFault) -> [UInt8] {
        guard position < bytes.count, bytes[position] == ASCII.quote || bytes[position] == ASCII.apostrophe else {
            throw fault()
        }
        let quote = bytes[position]
        position += 1
        var value: [UInt8] = []
        while position < bytes.count, bytes[position] != quote {
            switch bytes[position] {
            case ASCII.less: throw fault()
            case ASCII.ampersand: value += try reference()
            case let byte:
                value.append(XMLCharacters.isSpace(byte) ? ASCII.space : byte)
                position += 1
            }
        }
        guard position < bytes.count else { throw fault() }
        position += 1
        return value
    }
}
