import FuzzTargets
import HTTPWire
import Testing

/// However the network cuts a message, it reads the same.
@Suite struct SplitTests {
    private static let requests =
        RequestTable.accepted + RequestTable.refused.map(\.text) + [
            "POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 1\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: x\r\n\r\n"
        ]
    private static let answers = AnswerTable.accepted.map(\.text) + AnswerTable.refused.map(\.text)
    private static let bodies = ChunkedTable.accepted.map(\.text) + ChunkedTable.refused.map(\.text)

    @Test(arguments: requests)
    func `a request cut at any byte reads as the whole`(_ request: String) {
        checkHead(wire(request), as: .request)
    }

    @Test(arguments: answers)
    func `an answer cut at any byte reads as the whole`(_ answer: String) {
        checkHead(wire(answer), as: .answer)
    }

    @Test(arguments: bodies)
    func `a chunked body cut at any byte reads as the whole`(_ body: String) {
        let bytes = wire(body)
        let whole = BodyReading(bytes, framed: .chunked).withoutPieces
        for cutting in cuttings(of: bytes) {
            #expect(BodyReading(bytes, framed: .chunked, cut: cutting).withoutPieces == whole, "\(cutting)")
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `mutilated messages read the same however they are cut, and keep every promise`(_ seed: UInt64) throws {
        var chance = Chance(seed: seed)
        let pool = [(FuzzTarget.requestHead, Self.requests), (.answerHead, Self.answers), (.chunked, Self.bodies)]
        for (target, texts) in pool {
            var bytes = wire(texts[chance.below(texts.count)])
            for _ in 0...chance.below(4) { mutilate(&bytes, &chance) }
            try target.check(bytes)
        }
    }

    private func checkHead(_ bytes: [UInt8], as role: MessageHead.Role) {
        let whole = HeadReading(bytes, as: role)
        for cutting in cuttings(of: bytes) {
            #expect(HeadReading(bytes, as: role, cut: cutting) == whole, "\(cutting)")
        }
    }

    private func cuttings(of bytes: [UInt8]) -> [Cutting] {
        [.bytes] + (0...bytes.count).map { .once($0) } + (0..<20).map { .chance($0) }
    }

    private func mutilate(_ bytes: inout [UInt8], _ chance: inout Chance) {
        let pieces = wire("\r\n \t:;,0\0\u{7F}\u{80}aGH")
        let place = chance.below(bytes.count + 1)
        switch chance.below(4) {
        case 0 where place < bytes.count: bytes[place] = pieces[chance.below(pieces.count)]
        case 1 where place < bytes.count: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: bytes.suffix(chance.below(30)), at: place)
        default: bytes.insert(pieces[chance.below(pieces.count)], at: place)
        }
    }
}

/// Chance that can be repeated.
private struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 1 }

    /// A number from 0 up to `count`, which is above 0.
    mutating func below(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
    }
}
