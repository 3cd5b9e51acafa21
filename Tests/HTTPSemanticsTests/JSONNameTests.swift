import HTTPSemantics
import Testing

/// Members are found by the code points of their names, however long these and however many there are.
@Suite struct JSONNameTests {
    /// Names of 15, 16 and 17 bytes, which Swift keeps in two different ways, that differ in one place only.
    private static func names(of count: Int) -> [String] {
        let plain = String(repeating: "n", count: count)
        let composed = String(repeating: "n", count: count - 3)
        return [
            plain, "N" + plain.dropFirst(), plain.dropLast() + "N", String(plain.dropLast()), plain + "n",
            // The first two would be equal by Unicode's equivalence.
            composed + "\u{E9}", composed + "e\u{301}", composed + "\u{E9}n", "\u{E9}n" + composed,
            "e\u{301}" + composed,
        ]
    }

    private static func object(_ names: [String], fillers: Int) throws -> JSONObject {
        let all = (0..<fillers).map { "filler \($0)" } + names
        let members = all.enumerated().map { "\"\($0.element)\":\($0.offset)" }
        return try #require(try JSONParser.parse(bytes("{" + members.joined(separator: ",") + "}")).object)
    }

    /// The value by a walk over all members.
    private static func walked(_ object: JSONObject, _ name: String) -> JSONValue? {
        object.members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }

    @Test(arguments: [15, 16, 17], [0, 1, 2, 3, 8, 11, 12, 13, 30])
    func `names about as long as Swift keeps in place are told apart`(count: Int, fillers: Int) throws {
        let names = Self.names(of: count)
        for left in 0...names.count {
            let object = try Self.object(
                names.enumerated().filter { $0.offset != left }.map(\.element),
                fillers: fillers
            )
            #expect(!object.hasDuplicateNames && object.members.count == fillers + names.count - (left == 10 ? 0 : 1))
            for (place, name) in names.enumerated() {
                let wanted =
                    place == left ? nil : JSONValue.number(JSONNumber(fillers + place - (place > left ? 1 : 0)))
                #expect(object[name] == wanted && Self.walked(object, name) == wanted, "\(name)")
            }
        }
    }

    @Test(arguments: 0...26)
    func `é of one and of two code points are two names`(fillers: Int) throws {
        let (one, two) = ("\u{E9}", "e\u{301}")
        var object = try Self.object([one], fillers: fillers)
        #expect(object[one] != nil && object[two] == nil && object["e"] == nil)
        object.set(two, to: "two")
        #expect(object.members.count == fillers + 2)
        #expect(object[one] == .number(JSONNumber(fillers)) && object[two] == "two")
        object.set(one, to: "one")
        #expect(object.members.count == fillers + 2 && object[one] == "one" && object[two] == "two")
        #expect(object.remove(two) == "two" && object[two] == nil && object[one] == "one")
        #expect(object.remove(two) == nil && object.remove(one) == "one" && object.members.count == fillers)
    }

    @Test func `sets and removals around the first index leave what a list would hold`() {
        let seed: UInt64 = 20_251_124
        var chance = SeededChance(seed: seed)
        let names = [15, 16, 17].flatMap(Self.names(of:))
        for round in 0..<300 {
            var object = JSONObject()
            var list: [(name: String, value: JSONValue)] = []
            for step in 0..<60 {
                let name = names.randomElement(using: &chance) ?? ""
                let place = list.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
                if Int.random(in: 0...3, using: &chance) == 0 {
                    #expect(object.remove(name) == place.map { list.remove(at: $0).value })
                } else {
                    let value = JSONValue.number(JSONNumber(step))
                    object.set(name, to: value)
                    list[(place ?? list.endIndex)..<(place.map { $0 + 1 } ?? list.endIndex)] = [(name, value)]
                }
                #expect(object[name] == Self.walked(object, name))
            }
            let isSame = object.members.elementsEqual(list) {
                $0.name.utf8.elementsEqual($1.name.utf8) && $0.value == $1.value
            }
            #expect(isSame, "round \(round) of seed \(seed)")
        }
    }
}
