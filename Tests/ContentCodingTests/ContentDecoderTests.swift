import ContentCoding
import Foundation
import Testing

/// Samples were made with Python's gzip, zlib and brotli modules.
struct ContentDecoderTests {
    private static let cases: [(file: String, coding: ContentCoding)] = [
        ("json.gz", .gzip), ("json.zlib", .deflate), ("json.deflate", .deflate), ("json.br", .br), ("json.zst", .zstd),
        ("json", .identity),
    ]

    private static func fixture(_ name: String) throws -> [UInt8] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        return [UInt8](try Data(contentsOf: url))
    }

    @Test(arguments: 0..<6)
    func `a whole body comes out as it went in`(index: Int) throws {
        let sample = Self.cases[index]
        let decoded = try #require(
            ContentDecoder.decode(try Self.fixture("small.\(sample.file)"), coding: sample.coding)
        )
        #expect(decoded.bytes == (try Self.fixture("small.json")))
        #expect(decoded.complete)
    }

    @Test(arguments: 0..<6)
    func `a body beyond the limit is cut there and called incomplete`(index: Int) throws {
        let sample = Self.cases[index]
        let coded = try Self.fixture("large.\(sample.file)")
        let decoded = try #require(ContentDecoder.decode(coded, coding: sample.coding, limit: 5000))
        #expect(decoded.bytes == Array(try Self.fixture("large.json").prefix(5000)))
        #expect(!decoded.complete)
    }

    @Test(arguments: 0..<6)
    func `a limit of exactly the length is not a cut`(index: Int) throws {
        let sample = Self.cases[index]
        let plain = try Self.fixture("large.json")
        let coded = try Self.fixture("large.\(sample.file)")
        #expect(ContentDecoder.decode(coded, coding: sample.coding, limit: plain.count)?.complete == true)
        #expect(ContentDecoder.decode(coded, coding: sample.coding, limit: plain.count - 1)?.complete == false)
    }

    @Test(arguments: 0..<5)
    func `input that is cut off gives its beginning`(index: Int) throws {
        let sample = Self.cases[index]
        let plain = try Self.fixture("large.json")
        let coded = try Self.fixture("large.\(sample.file)")
        let decoded = try #require(ContentDecoder.decode(Array(coded.prefix(coded.count / 2)), coding: sample.coding))
        #expect(!decoded.complete)
        #expect(decoded.bytes.count > 1000)
        #expect(plain.starts(with: decoded.bytes))
    }

    @Test(arguments: 0..<5)
    func `no prefix of a coded body is called complete`(index: Int) throws {
        let sample = Self.cases[index]
        let plain = try Self.fixture("small.json")
        let coded = try Self.fixture("small.\(sample.file)")
        for count in 1..<coded.count {
            guard let decoded = ContentDecoder.decode(Array(coded.prefix(count)), coding: sample.coding) else {
                continue
            }
            #expect(plain.starts(with: decoded.bytes))
            #expect(!decoded.complete, "\(count) of \(coded.count) bytes of \(sample.file)")
        }
    }

    @Test(arguments: [("bomb.gz", ContentCoding.gzip), ("bomb.br", .br), ("bomb.zst", .zstd)])
    func `a bomb fills the limit and no more`(name: String, coding: ContentCoding) throws {
        let decoded = try #require(ContentDecoder.decode(try Self.fixture(name), coding: coding))
        #expect(decoded.bytes == [UInt8](repeating: UInt8(ascii: "a"), count: 65_536))
        #expect(!decoded.complete)
    }

    @Test(arguments: UInt64(0)..<200)
    func `any bytes are decoded or refused`(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> UInt8 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
        let sample = Self.cases[Int(seed % 5)]
        var noise = try Self.fixture("small.\(sample.file)")
        for _ in 0..<3 { noise[Int(next()) % noise.count] = next() }
        for coding in ContentCoding.allCases {
            let decoded = ContentDecoder.decode(noise, coding: coding, limit: 100)
            #expect((decoded?.bytes.count ?? 0) <= 100)
        }
    }

    @Test func `an empty body and a limit of nothing are no trouble`() {
        #expect(ContentDecoder.decode([], coding: .gzip) == DecodedBody(bytes: [], complete: false))
        #expect(ContentDecoder.decode([], coding: .identity) == DecodedBody(bytes: [], complete: true))
        #expect(ContentDecoder.decode([1, 2], coding: .identity, limit: 0) == DecodedBody(bytes: [], complete: false))
        #expect(ContentDecoder.decode([1, 2], coding: .identity, limit: -5)?.bytes == [])
        #expect(ContentDecoder.decode(Array("plain words".utf8), coding: .gzip) == nil)
    }

    @Test func `the coding is known by its field value`() {
        #expect(ContentCoding(fieldValue: "GZIP") == .gzip)
        #expect(ContentCoding(fieldValue: " x-gzip ") == .gzip)
        #expect(ContentCoding(fieldValue: "br") == .br)
        #expect(ContentCoding(fieldValue: "deflate") == .deflate)
        #expect(ContentCoding(fieldValue: "") == .identity)
        #expect(ContentCoding(fieldValue: "gzip, br") == nil)
        #expect(ContentCoding(fieldValue: "zstd") == .zstd)
        #expect(ContentCoding(fieldValue: "compress") == nil)
    }
}
