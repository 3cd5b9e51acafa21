/// The one normal form of request paths (contract, section 3.1), for paths that operators write.
package enum PathText {
    /// The normal form of `path`, which must begin with `/`.
    ///
    /// Escapes of unreserved characters are decoded, other escapes upper-cased, dot segments resolved, and characters
    /// that cannot stand in a request line escaped. Braces stay as they are.
    package static func normalForm(of path: String) throws(TextFault) -> String {
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw TextFault("does not begin with '/'", remedy: "write '/\(path)'")
        }
        guard path.utf8.count <= 4096 else { throw TextFault("is too long", remedy: "4096 bytes are the most") }
        let bytes = try escapesInOneForm(Array(path.utf8))
        return String(decoding: try withoutDotSegments(bytes), as: UTF8.self)
    }

    /// Refuses a path that is not in normal form, and suggests the right text.
    package static func requireNormalForm(_ path: String) throws(TextFault) {
        let normal = try normalForm(of: path)
        guard normal != path else { return }
        throw TextFault("is not in the normal form of request paths", remedy: "write '\(normal)'")
    }

    /// Whether `byte` is an unreserved character (RFC 3986, section 2.3), which is never escaped.
    package static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    /// The value of a hexadecimal digit, in either case.
    package static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func escapesInOneForm(_ path: [UInt8]) throws(TextFault) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < path.count {
            let byte = path[index]
            switch byte {
            case UInt8(ascii: "%"):
                let value = try escapedByte(path, at: index)
                if isUnreserved(value) { result.append(value) } else { result += escape(value) }
                index += 3
                continue
            case UInt8(ascii: "\\"): throw TextFault("holds a backslash", remedy: "separate segments with '/'")
            case UInt8(ascii: "#"): throw TextFault("holds '#', which no request path can")
            case UInt8(ascii: "?"): throw TextFault("holds a query", remedy: "end it before the '?'")
            case 0...0x20, 0x7F...: result += escape(byte)
            default: result.append(byte)
            }
            index += 1
        }
        return result
    }

    private static func escapedByte(_ path: [UInt8], at index: Int) throws(TextFault) -> UInt8 {
        guard index + 2 < path.count, let high = hexValue(path[index + 1]), let low = hexValue(path[index + 2]) else {
            throw TextFault("has '%' without two hexadecimal digits", remedy: "write %25 for a percent sign")
        }
        guard high != 0 || low != 0 else { throw TextFault("holds %00, which is refused in every request") }
        return high << 4 | low
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
    }

    /// RFC 3986, section 5.2.4, without letting a path climb above its root.
    private static func withoutDotSegments(_ path: [UInt8]) throws(TextFault) -> [UInt8] {
        let segments = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var kept: [ArraySlice<UInt8>] = []
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch Array(segment) {
            case Array(".".utf8):
                if isLast { kept.append([]) }
            case Array("..".utf8):
                guard kept.popLast() != nil else { throw TextFault("climbs above the root with '..'") }
                if isLast { kept.append([]) }
            default: kept.append(segment)
            }
        }
        return kept.reduce(into: []) { result, segment in
            result.append(UInt8(ascii: "/"))
            result += segment
        }
    }
}
