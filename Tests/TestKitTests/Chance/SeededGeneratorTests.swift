import TestKit
import Testing

struct SeededGeneratorTests {
    @Test func `the numbers are those of SplitMix64`() {
        var random = SeededGenerator(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in random.next() } == expected)
    }

    @Test func `a share of all times is a share of all times`() {
        var random = SeededGenerator(seed: 5)
        let count = (0..<10_000).filter { _ in random.happens(0.3) }.count
        #expect((2_800...3_200).contains(count))
        #expect((0..<100).allSatisfy { _ in !random.happens(0) && random.happens(1) })
    }

    @Test func `a fork follows from seed and part alone`() {
        let random = SeededGenerator(seed: 5)
        var (one, same, other) = (random.fork(1), random.fork(1), random.fork(2))
        let first = one.next()
        #expect(first == same.next())
        #expect(first != other.next())
    }
}
