import ConflictEngine
import Testing

struct ResourceIdentityTests {
    private func identity(_ upstream: String, _ path: String) -> ResourceIdentity {
        ResourceIdentity(upstream: upstream, path: Array(path.utf8))
    }

    @Test func `upstream and path make the identity`() {
        #expect(identity("a", "/x") == identity("a", "/x"))
        #expect(identity("a", "/x").hashValue == identity("a", "/x").hashValue)
        #expect(identity("a", "/x") != identity("b", "/x"))
        #expect(identity("a", "/x") != identity("a", "/X"))
        #expect(identity("a", "/x").description == "/x")
    }

    @Test func `the order is total and the same from both ends of a move`() {
        let (low, high) = (identity("a", "/x"), identity("b", "/a"))
        #expect(low < high)
        #expect(!(high < low))
        #expect(identity("a", "/x") < identity("a", "/x/y"))
        #expect(ResourceIdentity.inTurnOrder([high, low]) == [low, high])
        #expect(ResourceIdentity.inTurnOrder([low, high]) == [low, high])
        #expect(ResourceIdentity.inTurnOrder([low, low]) == [low])
    }
}
