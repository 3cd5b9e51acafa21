/// A media type with its parameters, as in `Content-Type` (RFC 9110, section 8.3.1).
package struct MediaType: Sendable, Equatable {
    /// One parameter.
    package struct Parameter: Sendable, Equatable {
        /// The name in lower case.
        package let name: [UInt8]
        /// The value, without quotes and escapes.
        package let value: [UInt8]
    }

    /// The type in lower case, such as `application`.
    package let type: [UInt8]
    /// The subtype in lower case, such as `problem+json`.
    package let subtype: [UInt8]
    /// The parameters in order.
    package let parameters: [Parameter]

    /// Reads a field value; `nil` if it is malformed.
    package init?(field: [UInt8]) {
        var position = 0
        Self.skipBlanks(field, &position)
        guard let type = Self.token(field, &position), position < field.count, field[position] == ASCII.slash else {
            return nil
        }
        position += 1
        guard let subtype = Self.token(field, &position), let parameters = Self.parameters(field, &position) else {
            return nil
        }
        self.type = type.map(ASCII.lowercased)
        self.subtype = subtype.map(ASCII.lowercased)
        self.parameters = parameters
    }

    /// Type and subtype, such as `application/json`.
    package var essence: String { String(decoding: type + [ASCII.slash] + subtype, as: UTF8.self) }

    /// Whether the content is JSON: `application/json`, `text/json` or anything that ends in `+json`.
    package var isJSON: Bool {
        let json: [UInt8] = [0x6A, 0x73, 0x6F, 0x6E]
        return subtype == json || subtype.count > 5 && subtype.suffix(5).elementsEqual([ASCII.plus] + json)
    }

    /// The value of the first parameter called `name`, in lower case.
    package func parameter(_ name: String) -> [UInt8]? {
        parameters.first { $0.name.elementsEqual(name.utf8) }?.value
    }

    private static func skipBlanks(_ field: [UInt8], _ position: inout Int) {
        while position < field.count, ASCII.isBlank(field[position]) { position += 1 }
    }

    private static func token(_ field: [UInt8], _ position: inout Int) -> ArraySlice<UInt8>? {
        let start = position
        while position < field.count, ASCII.isTokenCharacter(field[position]) { position += 1 }
        return position > start ? field[start..<position] : nil
    }

    private static func parameters(_ field: [UInt8], _ position: inout Int) -> [Parameter]? {
        var parameters: [Parameter] = []
        while true {
            skipBlanks(field, &position)
            guard position < field.count else { return parameters }
            guard field[position] == ASCII.semicolon else { return nil }
            position += 1
            skipBlanks(field, &position)
            // A semicolon with nothing behind it is tolerated by the grammar.
            guard position < field.count, field[position] != ASCII.semicolon else { continue }
            guard let name = token(field, &position), position < field.count, field[position] == ASCII.equals else {
                return nil
            }
            position += 1
            guard let value = value(field, &position) else { return nil }
            parameters.append(Parameter(name: name.map(ASCII.lowercased), value: value))
        }
    }

    private static func value(_ field: [UInt8], _ position: inout Int) -> [UInt8]? {
        guard position < field.count, field[position] == ASCII.quote else {
            return token(field, &position).map { Array($0) }
        }
        position += 1
        var output: [UInt8] = []
        while position < field.count, field[position] != ASCII.quote {
            if field[position] == ASCII.backslash { position += 1 }
            guard position < field.count, field[position] >= 0x20 || field[position] == ASCII.tab else { return nil }
            output.append(field[position])
            position += 1
        }
        guard position < field.count else { return nil }
        position += 1
        return output
    }
}
