import HTTPSemantics

/// Random documents that have much in common, as versions of one resource do.
enum RandomDocuments {
    private static let names = ["a", "b", "c", "l", "s", "n", "a/b", "é", "e\u{301}"]

    /// Any document; arrays under `l` are keyed by `id`, under `s` they hold scalars, and `n` is a number.
    static func document(_ chance: inout SeededTurns, depth: Int = 3) -> JSONValue {
        var object = JSONObject()
        for name in names where Bool.random(using: &chance) { object.set(name, to: value(name, &chance, depth)) }
        return .object(object)
    }

    /// `value` with some places changed, added or taken away.
    static func changed(_ value: JSONValue, _ chance: inout SeededTurns, depth: Int = 3) -> JSONValue {
        guard case .object(var object) = value else { return value }
        for name in names where Int.random(in: 0..<4, using: &chance) == 0 {
            switch (Int.random(in: 0..<4, using: &chance), object[name]) {
            case (0, _): object.remove(name)
            case (1, .object?), (2, .object?), (3, .object?):
                object.set(name, to: changed(object[name] ?? .null, &chance, depth: depth - 1))
            case (1, .array(let elements)?), (2, .array(let elements)?):
                object.set(name, to: .array(changed(elements, name, &chance)))
            default: object.set(name, to: self.value(name, &chance, depth))
            }
        }
        return .object(object)
    }

    private static func changed(_ elements: [JSONValue], _ name: String, _ chance: inout SeededTurns) -> [JSONValue] {
        guard name == "l" else { return elements.filter { _ in Int.random(in: 0..<3, using: &chance) > 0 } }
        var result = elements.filter { _ in Int.random(in: 0..<5, using: &chance) > 0 }
        if Int.random(in: 0..<4, using: &chance) == 0 { result.shuffle(using: &chance) }
        return result.map { item in
            guard case .object(var object) = item else { return item }
            if Bool.random(using: &chance) { object.set("q", to: scalar(&chance)) }
            return .object(object)
        }
    }

    private static func value(_ name: String, _ chance: inout SeededTurns, _ depth: Int) -> JSONValue {
        switch name {
        case "l": return .array(items(&chance))
        case "s": return .array((0..<Int.random(in: 0..<4, using: &chance)).map { _ in scalar(&chance) })
        case "n": return .number(JSONNumber(Int.random(in: -5...5, using: &chance)))
        default:
            guard depth > 0, Bool.random(using: &chance) else { return scalar(&chance) }
            return document(&chance, depth: depth - 1)
        }
    }

    private static func items(_ chance: inout SeededTurns) -> [JSONValue] {
        (0..<5).filter { _ in Bool.random(using: &chance) }.map {
            ["id": .number(JSONNumber($0)), "q": scalar(&chance)]
        }
    }

    private static func scalar(_ chance: inout SeededTurns) -> JSONValue {
        switch Int.random(in: 0..<6, using: &chance) {
        case 0: .null
        case 1: .bool(Bool.random(using: &chance))
        case 2: .string("")
        default: .number(JSONNumber(Int.random(in: 0..<4, using: &chance)))
        }
    }
}
