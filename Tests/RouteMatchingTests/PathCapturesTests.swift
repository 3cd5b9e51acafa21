import RouteMatching
import Testing

struct PathCapturesTests {
    @Test func `gives back what was captured and nothing else`() {
        let captures = PathCaptures([1..<4, 9..<9])
        #expect(captures.count == 2)
        #expect(captures[0] == 1..<4)
        #expect(captures[1] == 9..<9)
        #expect(captures[2] == nil)
        #expect(captures[-1] == nil)
    }

    @Test func `leaves out what does not fit`() {
        let captures = PathCaptures(Array(repeating: 0..<65_535, count: 17) + [0..<65_536])
        #expect(captures.count == PathCaptures.capacity)
        #expect(captures[15] == 0..<65_535)
        #expect(PathCaptures([0..<65_536]) == PathCaptures())
    }

    @Test func `equality looks at the ranges in use`() {
        #expect(PathCaptures([1..<2]) == PathCaptures([1..<2]))
        #expect(PathCaptures([1..<2]) != PathCaptures([1..<3]))
        #expect(PathCaptures([1..<2]) != PathCaptures([1..<2, 3..<4]))
    }
}
