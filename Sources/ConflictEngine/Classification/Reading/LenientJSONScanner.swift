/// Finds the scalars of a JSON text that may be cut off anywhere or slightly broken.
///
/// A strict parser would find nothing in a body of which only the first 16 KiB are known. Never fails, never recurses.
struct LenientJSONScanner {
    /// Most scalars that are kept.
    static let memberLimit = 600
    /// Deepest nesting that is followed; deeper members count as members of the last level.
    static let depthLimit = 24
    /// Longest string that is kept, in bytes.
    static let stringLimit = 4096

    private struct Frame {
        var isObject: Bool
        var number: Int
        var names: [String]
        var name: String
    }

    private let bytes: [UInt8]
    private var index = 0
    private var frames: [Frame] = []
    private var surplus = 0
    private var objects = 0
    private var pendingName: String?
    private var endsWhole = true
    private var found: [JSONMember] = []

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The scalars in order.
    static func members(of bytes: [UInt8]) -> [JSONMember] {
        var scanner = LenientJSONScanner(bytes)
        scanner.run()
        return scanner.found
    }

    private mutating func run() {
        while index < bytes.count, found.count < Self.memberLimit {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open(isObject: byte == UInt8(ascii: "{"))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
            case UInt8(ascii: "\""): string()
            case UInt8(ascii: ","):
                pendingName = nil
                index += 1
            default:
                if ASCIIText.isAlphanumeric(byte) || byte == UInt8(ascii: "-") { literal() } else { index += 1 }
            }
        }
    }

    private mutating func open(isObject: Bool) {
        index += 1
        guard frames.count < Self.depthLimit else {
            surplus += 1
            return
        }
        objects += isObject ? 1 : 0
        let parent = frames.last
        var names = parent?.names ?? []
        let name = pendingName ?? (parent?.isObject == false ? parent?.name : nil) ?? ""
        if let pendingName { names.append(ASCIIText.squeezed(pendingName)) }
        frames.append(
            Frame(isObject: isObject, number: isObject ? objects : parent?.number ?? 0, names: names, name: name)
        )
        pendingName = nil
    }

    private mutating func close() {
        index += 1
        pendingName = nil
        if surplus > 0 {
            surplus -= 1
        } else if !frames.isEmpty {
            frames.removeLast()
        }
    }

    private mutating func string() {
        let text = readString()
        if frames.last?.isObject == true, pendingName == nil, nextIsColon() {
            pendingName = text
        } else {
            keep(text, isString: true)
        }
    }

    private mutating func literal() {
        let start = index
        while index < bytes.count, ASCIIText.isAlphanumeric(bytes[index]) || "+-._".utf8.contains(bytes[index]) {
            index += 1
        }
        keep(String(decoding: bytes[start..<min(index, start + 64)], as: UTF8.self), isString: false)
    }

    private mutating func keep(_ text: String, isString: Bool) {
        let frame = frames.last
        let isElement = frame?.isObject == false
        var path = frame?.names ?? []
        var name = frame?.name ?? ""
        if let pendingName {
            path.append(ASCIIText.squeezed(pendingName))
            name = pendingName
        }
        pendingName = nil
        found.append(
            JSONMember(
                path: path,
                name: name,
                value: text,
                isString: isString,
                object: frame?.number ?? 0,
                isWhole: !isString || endsWhole,
                isElement: isElement,
            )
        )
    }

    private mutating func nextIsColon() -> Bool {
        var next = index
        while next < bytes.count, ASCIIText.isSpace(bytes[next]) { next += 1 }
        guard next < bytes.count, bytes[next] == UInt8(ascii: ":") else { return false }
        index = next + 1
        return true
    }

    private mutating func readString() -> String {
        index += 1
        endsWhole = false
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") {
                endsWhole = true
                break
            }
            if byte == UInt8(ascii: "\\") {
                escape(into: &text)
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text.prefix(Self.stringLimit), as: UTF8.self)
    }

    private mutating func escape(into text: inout [UInt8]) {
        guard index < bytes.count else { return }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): text.append(0x20)
        case UInt8(ascii: "u"): text.append(contentsOf: unicode())
        default: text.append(byte)
        }
    }

    private mutating func unicode() -> [UInt8] {
        guard let first = hexadecimal() else { return [] }
        var value = first
        if (0xD800..<0xDC00).contains(first), index + 1 < bytes.count,
            bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        {
            index += 2
            if let second = hexadecimal(), (0xDC00..<0xE000).contains(second) {
                value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
            }
        }
        guard let scalar = Unicode.Scalar(value) else { return Array("\u{FFFD}".utf8) }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal() -> UInt32? {
        guard index + 4 <= bytes.count else { return nil }
        let digits = String(decoding: bytes[index..<(index + 4)], as: UTF8.self)
        guard let value = UInt32(digits, radix: 16) else { return nil }
        index += 4
        return value
    }
}
