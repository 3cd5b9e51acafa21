import Catalog
import RouteMatching
import Testing

struct RouteOverlapTests {
    private func overlaps(_ entries: RouteTable.Entry...) -> [[Int]] {
        RouteTable.overlaps(entries).map { [$0.0, $0.1] }
    }

    @Test func `names of parameters make no difference`() {
        #expect(overlaps(.init(7, "/a/{x}"), .init(8, "/a/{y}")) == [[0, 1]])
        #expect(overlaps(.init(7, "/a/{x...}"), .init(8, "/a/{y...}")) == [[0, 1]])
    }

    @Test func `different specificity is no overlap`() {
        #expect(overlaps(.init(1, "/a/b"), .init(2, "/a/{x}"), .init(3, "/a/{x...}"), .init(4, "/a/")) == [])
        #expect(overlaps(.init(1, "/{x}/b"), .init(2, "/a/{x}")) == [])
    }

    @Test func `methods must meet`() {
        #expect(overlaps(.init(1, "/a", ["GET"]), .init(2, "/a", ["PUT"])) == [])
        #expect(overlaps(.init(1, "/a", ["GET", "PUT"]), .init(2, "/a", ["PUT"])) == [[0, 1]])
        #expect(overlaps(.init(1, "/a"), .init(2, "/a", ["PUT"])) == [[0, 1]])
        #expect(overlaps(.init(1, "/a", ["PUT"]), .init(2, "/a")) == [[0, 1]])
    }

    @Test func `hosts must meet in the same scope`() {
        #expect(overlaps(.init(1, "/a", on: ["x.test"]), .init(2, "/a")) == [])
        #expect(overlaps(.init(1, "/a", on: ["x.test"]), .init(2, "/a", on: ["*.test"])) == [])
        #expect(
            overlaps(.init(1, "/a", on: ["x.test", "y.test"]), .init(2, "/a", on: ["z.test", "Y.test"])) == [[0, 1]]
        )
        #expect(overlaps(.init(1, "/a", on: ["x.test", "x.test"])) == [])
    }

    @Test func `every later route is paired with the first it meets`() {
        #expect(overlaps(.init(1, "/a"), .init(2, "/a"), .init(3, "/a", ["GET"])) == [[0, 1], [0, 2]])
    }

    @Test func `the lower number wins an overlap whatever the order`() throws {
        let entries: [RouteTable.Entry] = [.init(5, "/a/{x}"), .init(2, "/a/{y}", ["GET"])]
        #expect(try RouteTable(entries).found("/a/1") == Found(2, ["1"]))
        #expect(try RouteTable(entries.reversed()).found("/a/1") == Found(2, ["1"]))
    }
}
