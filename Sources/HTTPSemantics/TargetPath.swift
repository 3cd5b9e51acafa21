/// The one normal form of a request path, which is matched, used as identity, and forwarded.
///
/// Escapes of unreserved characters are decoded, other escapes upper-cased, dot segments resolved (RFC 3986, section
/// 5.2.4) after that; `%2F` stays part of its segment and empty segments are kept. Other visible characters that RFC
/// 3986 does not allow (`"<>[]^{|}` and the backtick) pass unchanged. The query is not part of the path.
package enum TargetPath {
    /// What a byte means in a path.
    private enum Class {
        static let plain: UInt8 = 0
        static let slash: UInt8 = 1
        static let dot: UInt8 = 2
        static let escape: UInt8 = 3
        static let forbidden: UInt8 = 4
    }

    private static let classes: [UInt8] = (0...255).map { byte in
        switch UInt8(byte) {
        case ASCII.slash: Class.slash
        case ASCII.dot: Class.dot
        case ASCII.percent: Class.escape
        case 0...0x20, 0x23, 0x3F, ASCII.backslash, 0x7F...0xFF: Class.forbidden
        default: Class.plain
        }
    }

    /// Whether `path` is its own normal form, so that nothing needs to be done: one table look-up per byte.
    package static func isNormal(_ path: Span<UInt8>) -> Bool {
        let count = path.count
        guard count > 0, path[0] == ASCII.slash else { return false }
        let table = classes.span
        var index = 1
        while index < count {
            let kind = table[Int(path[index])]
            if kind == Class.plain || kind == Class.slash {
                index &+= 1
            } else if kind == Class.dot {
                if path[index &- 1] == ASCII.slash, isDotSegment(path, from: index) { return false }
                index &+= 1
            } else if kind == Class.escape, isNormalEscape(path, at: index) {
                index &+= 3
            } else {
                return false
            }
        }
        return true
    }

    /// The normal form of `path`, or why it has none.
    package static func normalise(_ path: Span<UInt8>) throws(PathFault) -> [UInt8] {
        guard path.count > 0, path[0] == ASCII.slash else { throw .notAbsolute }
        var output: [UInt8] = [ASCII.slash]
        output.reserveCapacity(path.count)
        let table = classes.span
        var segment = 1
        var index = 1
        while index < path.count {
            let byte = path[index]
            switch table[Int(byte)] {
            case Class.slash:
                if try !resolveDots(&output, segment: &segment) {
                    output.append(byte)
                    segment = output.count
                }
                index += 1
            case Class.escape:
                try appendEscape(path, at: index, to: &output)
                index += 3
            case Class.forbidden:
                throw .forbiddenByte(byte)
            default:
                output.append(byte)
                index += 1
            }
        }
        _ = try resolveDots(&output, segment: &segment)
        return output
    }

    /// Whether `path` is its own normal form.
    package static func isNormal(_ path: [UInt8]) -> Bool { isNormal(path.span) }

    /// The normal form of `path`, or why it has none.
    package static func normalise(_ path: [UInt8]) throws(PathFault) -> [UInt8] { try normalise(path.span) }

    /// Whether the segment that starts at `index` with a dot is `.` or `..`.
    private static func isDotSegment(_ path: Span<UInt8>, from index: Int) -> Bool {
        var next = index + 1
        if next < path.count, path[next] == ASCII.dot { next += 1 }
        return next == path.count || path[next] == ASCII.slash
    }

    /// Whether the escape at `index` is whole, in upper case, and of a character that needs one.
    private static func isNormalEscape(_ path: Span<UInt8>, at index: Int) -> Bool {
        guard index + 2 < path.count, path[index + 1] < 0x61, path[index + 2] < 0x61,
            let high = ASCII.hexValue(path[index + 1]), let low = ASCII.hexValue(path[index + 2])
        else { return false }
        let byte = high << 4 | low
        return byte != 0 && !ASCII.isUnreserved(byte)
    }

    private static func appendEscape(
        _ path: Span<UInt8>,
        at index: Int,
        to output: inout [UInt8],
    ) throws(PathFault) {
        guard index + 2 < path.count, let high = ASCII.hexValue(path[index + 1]),
            let low = ASCII.hexValue(path[index + 2])
        else { throw .invalidEscape }
        let byte = high << 4 | low
        guard byte != 0 else { throw .escapedNul }
        if ASCII.isUnreserved(byte) {
            output.append(byte)
        } else {
            output.append(ASCII.percent)
            output.append(ASCII.upperHex(high))
            output.append(ASCII.upperHex(low))
        }
    }

    /// Takes the last segment away if it is `.`, and the one before it too if it is `..`; whether it did.
    private static func resolveDots(_ output: inout [UInt8], segment: inout Int) throws(PathFault) -> Bool {
        let length = output.count - segment
        guard length == 1 || length == 2, output[segment] == ASCII.dot else { return false }
        guard output[output.count - 1] == ASCII.dot else { return false }
        output.removeLast(length)
        guard length == 2 else { return true }
        guard segment > 1 else { throw .climbsAboveRoot }
        output.removeLast()
        while output.count > 1, output[output.count - 1] != ASCII.slash { output.removeLast() }
        segment = output.count
        return true
    }
}
