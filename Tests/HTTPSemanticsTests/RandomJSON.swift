import HTTPSemantics

/// Random JSON values, repeatable by seed.
enum RandomJSON {
    private static let texts = [
        "", "a", "b", "é", "e\u{301}", "\"", "\\", "\n", "\u{0}", "a/b", "m~n", "😀", "\u{2028}",
    ]

    static func value(using chance: inout SeededChance, depth: Int) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 7 : 5), using: &chance) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &chance))
        case 2, 3: return .number(JSONNumber(Int.random(in: -1_000...1_000, using: &chance)))
        case 4, 5: return .string(text(using: &chance))
        case 6:
            let count = Int.random(in: 0...4, using: &chance)
            return .array((0..<count).map { _ in value(using: &chance, depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...20, using: &chance) {
                object.set(text(using: &chance), to: value(using: &chance, depth: depth - 2))
            }
            return .object(object)
        }
    }

    private static func text(using chance: inout SeededChance) -> String {
        (0..<Int.random(in: 0...3, using: &chance)).map { _ in texts.randomElement(using: &chance) ?? "" }.joined()
    }
}
