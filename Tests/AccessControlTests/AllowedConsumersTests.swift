import AccessControl
import Catalog
import Testing

struct AllowedConsumersTests {
    private func consumers(_ groups: [Set<String>]) throws -> [Consumer] {
        try groups.enumerated().map { Consumer(name: try #require(ConsumerName("c\($0.offset)")), groups: $0.element) }
    }

    @Test func `one common group is enough`() throws {
        let consumers = try consumers([["readers"], ["writers", "readers"], [], ["writers"]])
        let writers = AllowedConsumers(KeyAuthPolicy(groups: ["writers", "admins"]), among: consumers)
        #expect((0..<4).map(writers.contains) == [false, true, false, true])
    }

    @Test func `without groups every consumer is let in, with an empty list none`() throws {
        let consumers = try consumers([[], ["x"]])
        let anyone = AllowedConsumers(KeyAuthPolicy(), among: consumers)
        #expect((0..<2).map(anyone.contains) == [true, true])
        let nobody = AllowedConsumers(KeyAuthPolicy(groups: []), among: consumers)
        #expect((0..<2).map(nobody.contains) == [false, false])
    }

    @Test func `places that do not exist are not let in`() throws {
        let anyone = AllowedConsumers(KeyAuthPolicy(), among: try consumers([[]]))
        #expect(anyone.contains(0))
        for place in [-1, 1, 63, 64, Int.max, Int.min] { #expect(!anyone.contains(place)) }
        #expect(!AllowedConsumers(KeyAuthPolicy(), among: []).contains(0))
    }

    @Test func `places beyond a word of bits are kept apart`() throws {
        let consumers = try consumers((0..<200).map { $0 % 3 == 0 ? ["x"] : [] })
        let allowed = AllowedConsumers(KeyAuthPolicy(groups: ["x"]), among: consumers)
        #expect((0..<200).filter(allowed.contains) == (0..<200).filter { $0 % 3 == 0 })
    }
}
