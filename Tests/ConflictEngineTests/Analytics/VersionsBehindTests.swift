import ConflictEngine
import Testing

struct VersionsBehindTests {
    private func behind(_ pairs: [(yours: String?, current: String?)], _ kind: ConflictKind = .staleVersion)
        -> VersionsBehind
    {
        let sightings = pairs.enumerated().map { index, pair in
            Samples.sighting(Int64(index), kind) {
                $0.yourVersion = pair.yours
                $0.currentVersion = pair.current
            }
        }
        return ConflictAnalysis(sightings, isComplete: true, traffic: []).behind
    }

    @Test func `whoever names the version that was current a moment ago is one behind`() {
        let result = behind([("\"1\"", "\"2\""), ("\"2\"", "\"3\"")])
        #expect(result.known == 2)
        #expect(result.one == 2)
        #expect(result.most == 1)
    }

    @Test func `whoever keeps naming the same version falls behind`() {
        let result = behind([("\"1\"", "\"2\""), ("\"1\"", "\"3\""), ("\"1\"", "\"4\""), ("\"1\"", "\"4\"")])
        #expect(result.one == 1)
        #expect(result.two == 1)
        #expect(result.more == 2)
        #expect(result.most == 3)
    }

    @Test func `a version that returns is the newest again`() {
        let result = behind([("\"0\"", "\"1\""), ("\"1\"", "\"2\""), ("\"2\"", "\"1\""), ("\"2\"", "\"1\"")])
        #expect(result.one == 4)
    }

    @Test func `what is not known, any version, or the current one is not counted`() {
        let result = behind([(nil, "\"2\""), ("\"1\"", nil), ("*", "\"2\""), ("\"2\"", "\"2\"")])
        #expect(result.known == 0)
        #expect(behind([("\"1\"", "\"2\"")], .locked).known == 0)
    }

    @Test func `resources have versions of their own`() {
        let one = Samples.sighting(0) {
            $0.yourVersion = "\"1\""
            $0.currentVersion = "\"2\""
        }
        var other = one
        other.resource = "shop/orders/2"
        other.currentVersion = "\"3\""
        #expect(ConflictAnalysis([one, other], isComplete: true, traffic: []).behind.one == 2)
    }
}
