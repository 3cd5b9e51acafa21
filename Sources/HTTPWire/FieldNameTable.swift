/// Finds the ``FieldName`` of a name's bytes by one hash and one comparison.
struct FieldNameTable: Sendable {
    /// The table of all names; made once, when the first head is parsed.
    static let shared = FieldNameTable()

    private static let slots = 512
    private let slot: [UInt8]
    private let names: [[UInt8]]

    private init() {
        var slot = [UInt8](repeating: 0, count: Self.slots)
        var names = [[UInt8]](repeating: [], count: 64)
        for name in FieldName.allCases where name != .other && name != .parley {
            let bytes = Self.bytes(of: name.text)
            names[Int(name.rawValue)] = bytes
            var place = Self.hash(bytes.span)
            while slot[place] != 0 { place = (place &+ 1) & (Self.slots - 1) }
            slot[place] = name.rawValue
        }
        self.slot = slot
        self.names = names
    }

    private static func bytes(of text: StaticString) -> [UInt8] {
        text.withUTF8Buffer { unsafe Array($0) }
    }

    /// Looks a name up, in any case.
    func find(_ name: Span<UInt8>) -> FieldName {
        let length = name.count
        guard length > 1, length < 32 else { return Self.hasParleyPrefix(name) ? .parley : .other }
        var place = Self.hash(name)
        while slot[place] != 0 {
            let candidate = slot[place]
            let known = names[Int(candidate)]
            if Self.equal(name, known.span) { return FieldName(rawValue: candidate) ?? .other }
            place = (place &+ 1) & (Self.slots - 1)
        }
        return Self.hasParleyPrefix(name) ? .parley : .other
    }

    /// A hash of length and three letters that keeps the names known today almost apart.
    private static func hash(_ name: Span<UInt8>) -> Int {
        let length = name.count
        guard length > 1 else { return 0 }
        let first = Int(name[0] | 0x20)
        let last = Int(name[length - 1] | 0x20)
        let middle = Int(name[length / 2] | 0x20)
        return (length &* 37 &+ first &* 11 &+ last &* 151 &+ middle &* 29) & (slots - 1)
    }

    private static func equal(_ name: Span<UInt8>, _ lower: Span<UInt8>) -> Bool {
        guard name.count == lower.count else { return false }
        for index in name.indices where ASCII.lower(name[index]) != lower[index] { return false }
        return true
    }

    private static func hasParleyPrefix(_ name: Span<UInt8>) -> Bool {
        guard name.count >= 7, name[0] | 0x20 == UInt8(ascii: "p") else { return false }
        let prefix: StaticString = "parley-"
        for index in 0..<7 where unsafe ASCII.lower(name[index]) != prefix.utf8Start[index] { return false }
        return true
    }
}
