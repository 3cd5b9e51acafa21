/// A URI between angle brackets, as `If` and `Lock-Token` hold it (RFC 4918, section 10.1).
///
/// No white space may stand inside the brackets. Of the visible ASCII characters those are taken that can stand in a
/// request target too, which is more than RFC 3986 allows; a fragment is refused.
enum CodedURL {
    /// Reads what stands between the brackets that open at `position`, and moves `position` behind them; `nil` if no
    /// such thing starts there.
    static func scan(_ bytes: [UInt8], at position: inout Int) -> [UInt8]? {
        guard position < bytes.count, bytes[position] == ASCII.less else { return nil }
        let start = position + 1
        var index = start
        while index < bytes.count, isURICharacter(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == ASCII.greater, index > start else { return nil }
        position = index + 1
        return Array(bytes[start..<index])
    }

    /// Whether `uri` is a scheme, a colon, something behind it, and no more (RFC 3986, section 4.3).
    static func isAbsolute(_ uri: [UInt8]) -> Bool {
        guard let first = uri.first, ASCII.isLetter(first), let colon = uri.firstIndex(of: ASCII.colon) else {
            return false
        }
        return colon + 1 < uri.count && uri[..<colon].allSatisfy(isSchemeCharacter)
            && uri[(colon + 1)...].allSatisfy(isURICharacter) && hasWholeEscapes(uri)
    }

    /// Whether `uri` names a resource: an absolute URI, or a path from the root with or without a query.
    static func isReference(_ uri: [UInt8]) -> Bool {
        guard uri.first == ASCII.slash else { return isAbsolute(uri) }
        return uri.allSatisfy(isURICharacter) && hasWholeEscapes(uri)
    }

    private static func isURICharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case ASCII.quote, ASCII.number, ASCII.less, ASCII.greater, ASCII.backslash: false
        default: byte > ASCII.space && byte < 0x7F
        }
    }

    private static func isSchemeCharacter(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.plus || byte == ASCII.minus || byte == ASCII.dot
    }

    private static func hasWholeEscapes(_ uri: [UInt8]) -> Bool {
        uri.indices.allSatisfy { index in
            guard uri[index] == ASCII.percent else { return true }
            return index + 2 < uri.count && ASCII.hexValue(uri[index + 1]) != nil
                && ASCII.hexValue(uri[index + 2]) != nil
        }
    }
}
