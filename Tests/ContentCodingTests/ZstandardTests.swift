import ContentCoding
import Testing

/// What is particular to Zstandard: several frames, skippable ones, windows, and formats that nobody may send.
@Suite struct ZstandardTests {
    private let hello = Array("hello, ".utf8)
    private let world = Array("world".utf8)

    private func frame(_ bytes: [UInt8]) throws -> [UInt8] { try ContentEncoder.encoded(bytes, as: .zstd) }

    /// A frame of `count` bytes that decoders pass over.
    private func skippable(_ count: UInt8) -> [UInt8] {
        [0x53, 0x2A, 0x4D, 0x18, count, 0, 0, 0] + [UInt8](repeating: 7, count: Int(count))
    }

    @Test func `frames one after the other are one body`() throws {
        let coded = try frame(hello) + skippable(9) + frame(world)
        #expect(ContentDecoder.decode(coded, coding: .zstd) == DecodedBody(bytes: hello + world, complete: true))
    }

    @Test func `a body that ends within a frame is incomplete`() throws {
        let second = try frame(world)
        let coded = try frame(hello) + second
        for cut in 1..<second.count {
            let decoded = try #require(ContentDecoder.decode(Array(coded.dropLast(cut)), coding: .zstd))
            #expect(!decoded.complete)
            #expect((hello + world).starts(with: decoded.bytes))
        }
    }

    @Test func `what follows a frame must be a frame`() throws {
        for rest in [[UInt8](repeating: 0, count: 8), Array("words".utf8), [0x25, 0xB5, 0x2F, 0xFD, 0, 0, 0, 0]] {
            let decoded = ContentDecoder.decode(try frame(hello) + rest, coding: .zstd)
            #expect(decoded == DecodedBody(bytes: hello, complete: false))
        }
    }

    /// Magic numbers of the formats before version 0.8 of the library, which it may still know.
    @Test(arguments: UInt8(0x1E)...0x27)
    func `formats older than the standard are refused`(mark: UInt8) {
        let coded = [mark, 0xB5, 0x2F, 0xFD] + [UInt8](repeating: 0, count: 40)
        #expect(ContentDecoder.decode(coded, coding: .zstd) == nil)
    }

    /// The byte behind magic number and descriptor holds the window: exponent above 10 in its upper five bits.
    @Test func `a window of 8 MiB is the largest that may be asked for`() {
        func coded(windowLog: UInt8) -> [UInt8] {
            // A last block that repeats one byte five times.
            [0x28, 0xB5, 0x2F, 0xFD, 0x00, (windowLog - 10) << 3, 0x2B, 0x00, 0x00, 0x61]
        }
        let wanted = DecodedBody(bytes: [0x61, 0x61, 0x61, 0x61, 0x61], complete: true)
        #expect(ContentDecoder.decode(coded(windowLog: 10), coding: .zstd) == wanted)
        #expect(ContentDecoder.decode(coded(windowLog: 23), coding: .zstd) == wanted)
        #expect(ContentDecoder.decode(coded(windowLog: 24), coding: .zstd) == nil)
        #expect(ContentDecoder.decode(coded(windowLog: 41), coding: .zstd) == nil)
    }

    @Test func `many frames of nothing take time in proportion and give nothing`() throws {
        let coded = Array(repeating: try frame([]) + skippable(0), count: 5_000).flatMap { $0 }
        #expect(ContentDecoder.decode(coded, coding: .zstd) == DecodedBody(bytes: [], complete: true))
    }
}
