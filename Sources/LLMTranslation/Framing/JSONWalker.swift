import HTTPSemantics

/// Passes over JSON, checking it.
struct JSONWalker {
    private var position = 0

    /// Objects and arrays may nest this deep.
    private static let deepest = 512

    /// The members of the object that is the whole text; `nil` if the text is another value.
    mutating func object(_ bytes: Span<UInt8>) throws(JSONFault) -> (members: [JSONOutline.Member], end: Int)? {
        skipBlanks(bytes)
        guard try peek(bytes) == 0x7B else {
            try skipValue(bytes, depth: Self.deepest)
            try finish(bytes)
            return nil
        }
        var members: [JSONOutline.Member] = []
        members.reserveCapacity(12)
        position += 1
        skipBlanks(bytes)
        if try peek(bytes) != 0x7D {
            repeat {
                skipBlanks(bytes)
                members.append(try member(bytes))
                skipBlanks(bytes)
            } while try takes(0x2C, bytes)
        }
        guard try peek(bytes) == 0x7D else { throw JSONFault(.unexpectedByte, at: position) }
        let end = position
        position += 1
        try finish(bytes)
        return (members, end)
    }

    private mutating func member(_ bytes: Span<UInt8>) throws(JSONFault) -> JSONOutline.Member {
        guard try peek(bytes) == 0x22 else { throw JSONFault(.unexpectedByte, at: position) }
        let start = position + 1
        try skipString(bytes)
        let name = start..<(position - 1)
        skipBlanks(bytes)
        guard try takes(0x3A, bytes) else { throw JSONFault(.unexpectedByte, at: position) }
        skipBlanks(bytes)
        let first = position
        try skipValue(bytes, depth: Self.deepest)
        return JSONOutline.Member(name: name, value: first..<position)
    }

    private mutating func finish(_ bytes: Span<UInt8>) throws(JSONFault) {
        skipBlanks(bytes)
        guard position == bytes.count else { throw JSONFault(.trailingBytes, at: position) }
    }

    private mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position &+= 1
            default: return
            }
        }
    }

    private func peek(_ bytes: Span<UInt8>) throws(JSONFault) -> UInt8 {
        guard position < bytes.count else { throw JSONFault(.endsEarly, at: position) }
        return bytes[position]
    }

    private mutating func takes(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONFault) -> Bool {
        guard try peek(bytes) == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipValue(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) {
        switch try peek(bytes) {
        case 0x22: try skipString(bytes)
        case 0x7B: try skipContainer(bytes, depth: depth, end: 0x7D, isObject: true)
        case 0x5B: try skipContainer(bytes, depth: depth, end: 0x5D, isObject: false)
        case 0x74: try skipWord("true", bytes)
        case 0x66: try skipWord("false", bytes)
        case 0x6E: try skipWord("null", bytes)
        case 0x2D, 0x30...0x39: try skipNumber(bytes)
        default: throw JSONFault(.unexpectedByte, at: position)
        }
    }

    private mutating func skipContainer(
        _ bytes: Span<UInt8>,
        depth: Int,
        end: UInt8,
        isObject: Bool
    ) throws(JSONFault) {
        guard depth > 0 else { throw JSONFault(.tooDeep, at: position) }
        position += 1
        skipBlanks(bytes)
        if try takes(end, bytes) { return }
        while true {
            skipBlanks(bytes)
            if isObject {
                guard try peek(bytes) == 0x22 else { throw JSONFault(.unexpectedByte, at: position) }
                try skipString(bytes)
                skipBlanks(bytes)
                guard try takes(0x3A, bytes) else { throw JSONFault(.unexpectedByte, at: position) }
                skipBlanks(bytes)
            }
            try skipValue(bytes, depth: depth - 1)
            skipBlanks(bytes)
            if try takes(end, bytes) { return }
            guard try takes(0x2C, bytes) else { throw JSONFault(.unexpectedByte, at: position) }
        }
    }

    private mutating func skipWord(_ word: StaticString, _ bytes: Span<UInt8>) throws(JSONFault) {
        for offset in 0..<word.utf8CodeUnitCount {
            let wanted = unsafe word.utf8Start[offset]
            guard try takes(wanted, bytes) else { throw JSONFault(.unexpectedByte, at: position) }
        }
    }

    // MARK: Strings and numbers

    private mutating func skipString(_ bytes: Span<UInt8>) throws(JSONFault) {
        position += 1
        let start = position
        var hasHighBytes = false
        while true {
            position = PlainRun.end(bytes, from: position)
            guard position < bytes.count else { break }
            let byte = unsafe bytes[unchecked: position]
            if byte == 0x22 {
                if hasHighBytes { try checkText(bytes, start..<position) }
                position += 1
                return
            }
            if byte == 0x5C {
                try skipEscape(bytes)
            } else {
                if byte < 0x20 { throw JSONFault(.controlCharacter, at: position) }
                if byte >= 0x80 { hasHighBytes = true }
                position &+= 1
            }
        }
        throw JSONFault(.endsEarly, at: position)
    }

    private func checkText(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(JSONFault) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.extracting(range))
        } catch {
            throw JSONFault(.notUTF8, at: range.lowerBound)
        }
    }

    private mutating func skipEscape(_ bytes: Span<UInt8>) throws(JSONFault) {
        let start = position
        guard position + 1 < bytes.count else { throw JSONFault(.endsEarly, at: bytes.count) }
        switch bytes[position + 1] {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: position += 2
        case 0x75:
            guard position + 6 <= bytes.count else { throw JSONFault(.endsEarly, at: bytes.count) }
            for index in (position + 2)..<(position + 6) where !Self.isHex(bytes[index]) {
                throw JSONFault(.malformedEscape, at: start)
            }
            position += 6
        default: throw JSONFault(.malformedEscape, at: start)
        }
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte & 0xDF)
    }

    private mutating func skipNumber(_ bytes: Span<UInt8>) throws(JSONFault) {
        let start = position
        if bytes[position] == 0x2D { position += 1 }
        let whole = position
        try skipDigits(bytes, from: start)
        if bytes[whole] == 0x30, position > whole + 1 { throw JSONFault(.malformedNumber, at: start) }
        if position < bytes.count, bytes[position] == 0x2E {
            position += 1
            try skipDigits(bytes, from: start)
        }
        if position < bytes.count, bytes[position] | 0x20 == 0x65 {
            position += 1
            if position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D { position += 1 }
            try skipDigits(bytes, from: start)
        }
    }

    private mutating func skipDigits(_ bytes: Span<UInt8>, from start: Int) throws(JSONFault) {
        let first = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position &+= 1 }
        guard position > first else { throw JSONFault(.malformedNumber, at: start) }
    }
}
