import ConflictEngine
import Testing

struct LatestKnownTests {
    private let latest = LatestKnown()
    private let item = ResourceIdentity(upstream: "shop", path: Array("/items/1".utf8))

    private func read(_ tag: String?, _ began: UInt64, _ ended: UInt64, variant: UInt64 = 0) -> LatestKnown.Observation
    {
        latest.observe(tag.map { Array($0.utf8) }, variant: variant, of: item, began: began, ended: ended)
    }

    private func wrote(_ tag: String?, variant: UInt64 = 0) -> LatestKnown.WriteEnd {
        .wrote(variant: variant, tag: tag.map { Array($0.utf8) })
    }

    @Test func `a change that no write accounts for came from elsewhere, once`() {
        #expect(read("a", 10, 20) == .first)
        #expect(read("a", 30, 40) == .same)
        #expect(read("b", 50, 60) == .changedOutOfBand(previous: Array("a".utf8)))
        #expect(read("b", 70, 80) == .same)
    }

    @Test func `a write through the gateway is expected, and a later change is not`() {
        _ = read("a", 10, 20)
        latest.beginWrite(of: item)
        latest.endWrite(of: item, as: wrote("b"), at: 40)
        #expect(read("b", 50, 60) == .same)
        #expect(read("c", 70, 80) == .changedOutOfBand(previous: Array("b".utf8)))
    }

    @Test func `a read beside a write or another read proves nothing`() {
        _ = read("a", 10, 20)
        latest.beginWrite(of: item)
        #expect(read("b", 25, 30) == .explained)
        latest.endWrite(of: item, as: wrote("b"), at: 40)
        #expect(read("a", 35, 50) == .explained)
        #expect(read("b", 60, 70) == .same)
        #expect(read("c", 80, 100) == .changedOutOfBand(previous: Array("b".utf8)))
        #expect(read("b", 90, 110) == .explained)
        #expect(read("c", 120, 130) == .same)
    }

    @Test func `another caller's representation changes with the write and not out of band`() {
        _ = read("a", 10, 20, variant: 1)
        _ = read("x", 10, 20, variant: 2)
        latest.beginWrite(of: item)
        latest.endWrite(of: item, as: wrote("b", variant: 1), at: 40)
        #expect(read("y", 50, 60, variant: 2) == .explained)
        #expect(read("z", 70, 80, variant: 2) == .changedOutOfBand(previous: Array("y".utf8)))
    }

    @Test func `a write of unknown outcome accounts for the next change, however late, and for no more`() {
        _ = read("a", 10, 20)
        latest.beginWrite(of: item)
        latest.endWrite(of: item, as: .unknown, at: 40)
        #expect(read("a", 50, 60) == .same)
        #expect(read("x", 50, 60, variant: 2) == .first)
        #expect(read("b", 70, 80) == .explained)
        #expect(read("y", 70, 80, variant: 2) == .explained)
        #expect(read("c", 90, 100) == .changedOutOfBand(previous: Array("b".utf8)))
    }

    @Test func `a write after one of unknown outcome ends the doubt`() {
        _ = read("a", 10, 20)
        latest.beginWrite(of: item)
        latest.endWrite(of: item, as: .unknown, at: 40)
        latest.beginWrite(of: item)
        latest.endWrite(of: item, as: wrote("b"), at: 60)
        #expect(read("c", 70, 80) == .changedOutOfBand(previous: Array("b".utf8)))
    }

    @Test func `a refused write accounts for nothing`() {
        _ = read("a", 10, 20)
        latest.beginWrite(of: item)
        latest.endWrite(of: item, as: .refused, at: 40)
        #expect(read("b", 50, 60) == .changedOutOfBand(previous: Array("a".utf8)))
    }

    @Test func `what vanishes was deleted elsewhere, what appears may have been created through the gateway`() {
        _ = read("a", 10, 20)
        #expect(read(nil, 30, 40) == .changedOutOfBand(previous: Array("a".utf8)))
        #expect(read("b", 50, 60) == .explained)
        #expect(read("c", 70, 80) == .changedOutOfBand(previous: Array("b".utf8)))
    }

    @Test func `the resource used longest ago is forgotten when there are too many`() {
        let latest = LatestKnown(limit: 2, shards: 1)
        func read(_ number: UInt8, _ tag: UInt8, at time: UInt64) -> LatestKnown.Observation {
            latest.observe(
                [tag],
                variant: 0,
                of: ResourceIdentity(upstream: "shop", path: [number]),
                began: time,
                ended: time + 1
            )
        }
        #expect(read(1, 1, at: 10) == .first)
        #expect(read(2, 1, at: 20) == .first)
        #expect(read(1, 1, at: 30) == .same)
        #expect(read(3, 1, at: 40) == .first)
        #expect(read(1, 1, at: 50) == .same)
        #expect(read(2, 2, at: 60) == .first)
    }
}
