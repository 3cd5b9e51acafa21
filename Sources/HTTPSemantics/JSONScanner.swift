/// A place in a JSON text, and the steps that read one value from there.
///
/// The text is handed to each step rather than kept, since a span must not outlive its call.
struct JSONScanner {
    /// The next byte to read.
    var position = 0
    /// Whether half of a surrogate pair is read as U+FFFD; else it is a fault.
    var replacesHalves = false

    /// Passes over white space.
    mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
            default: return
            }
        }
    }

    /// Reads the value that starts here; `depth` more levels may nest.
    mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) -> JSONValue {
        switch try peek(bytes) {
        case ASCII.quote:
            return .string(try string(bytes))
        case 0x7B:
            guard depth > 0 else { throw JSONFault(.tooDeep, at: position) }
            return .object(try object(bytes, depth: depth - 1))
        case 0x5B:
            guard depth > 0 else { throw JSONFault(.tooDeep, at: position) }
            return .array(try array(bytes, depth: depth - 1))
        case 0x74:
            try word("true", bytes)
            return .bool(true)
        case 0x66:
            try word("false", bytes)
            return .bool(false)
        case 0x6E:
            try word("null", bytes)
            return .null
        case ASCII.minus, 0x30...0x39:
            return .number(try number(bytes))
        default:
            throw JSONFault(.unexpectedByte, at: position)
        }
    }

    private func peek(_ bytes: Span<UInt8>) throws(JSONFault) -> UInt8 {
        guard position < bytes.count else { throw JSONFault(.endsEarly, at: position) }
        return bytes[position]
    }

    private mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONFault) {
        guard try peek(bytes) == byte else { throw JSONFault(.unexpectedByte, at: position) }
        position += 1
    }

    private mutating func word(_ text: StaticString, _ bytes: Span<UInt8>) throws(JSONFault) {
        for offset in 0..<text.utf8CodeUnitCount { try expect(unsafe text.utf8Start[offset], bytes) }
    }

    private mutating func array(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) -> [JSONValue] {
        position += 1
        var elements: [JSONValue] = []
        skipBlanks(bytes)
        if try peek(bytes) == 0x5D {
            position += 1
            return elements
        }
        while true {
            skipBlanks(bytes)
            elements.append(try value(bytes, depth: depth))
            skipBlanks(bytes)
            if try peek(bytes) == 0x5D {
                position += 1
                return elements
            }
            try expect(ASCII.comma, bytes)
        }
    }

    private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) -> JSONObject {
        position += 1
        var object = JSONObject()
        skipBlanks(bytes)
        if try peek(bytes) == 0x7D {
            position += 1
            return object
        }
        while true {
            skipBlanks(bytes)
            guard try peek(bytes) == ASCII.quote else { throw JSONFault(.unexpectedByte, at: position) }
            let name = try string(bytes)
            skipBlanks(bytes)
            try expect(ASCII.colon, bytes)
            skipBlanks(bytes)
            object.read(name, try value(bytes, depth: depth))
            skipBlanks(bytes)
            if try peek(bytes) == 0x7D {
                position += 1
                return object
            }
            try expect(ASCII.comma, bytes)
        }
    }

    // MARK: Numbers

    private mutating func number(_ bytes: Span<UInt8>) throws(JSONFault) -> JSONNumber {
        let start = position
        if bytes[position] == ASCII.minus { position += 1 }
        let whole = position
        try digits(bytes, from: start)
        // No zero may lead a longer number.
        if bytes[whole] == 0x30, position > whole + 1 { throw JSONFault(.malformedNumber, at: start) }
        if position < bytes.count, bytes[position] == ASCII.dot {
            position += 1
            try digits(bytes, from: start)
        }
        if position < bytes.count, bytes[position] | 0x20 == 0x65 {
            position += 1
            if position < bytes.count, bytes[position] == ASCII.plus || bytes[position] == ASCII.minus { position += 1 }
            try digits(bytes, from: start)
        }
        var text: [UInt8] = []
        text.reserveCapacity(position - start)
        for index in start..<position { text.append(bytes[index]) }
        return JSONNumber(text: text)
    }

    private mutating func digits(_ bytes: Span<UInt8>, from start: Int) throws(JSONFault) {
        let first = position
        while position < bytes.count, ASCII.isDigit(bytes[position]) { position &+= 1 }
        guard position > first else { throw JSONFault(.malformedNumber, at: start) }
    }
}
