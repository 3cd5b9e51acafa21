import ContentCoding
import Testing

/// What is coded decodes to itself, however it is cut, and what is flushed can be read at once.
@Suite struct ContentEncoderTests {
    static let codings: [ContentCoding] = [.gzip, .br, .zstd]

    @Test(arguments: codings, UInt64(0)..<40)
    func `a body cut anywhere decodes to itself`(coding: ContentCoding, seed: UInt64) throws {
        var chance = CodingChance(seed: seed)
        let body = chance.body()
        var output: [UInt8] = []
        let encoder = try ContentEncoder(coding: coding)
        for piece in chance.pieces(of: body) { try encoder.encode(piece.span, into: &output) }
        try encoder.finish(into: &output)
        let decoded = try #require(ContentDecoder.decode(output, coding: coding, limit: body.count))
        #expect(decoded == DecodedBody(bytes: body, complete: true))
    }

    @Test(arguments: codings)
    func `a small body decodes to itself at every single cut`(coding: ContentCoding) throws {
        let body = Array(#"{"name":"a","name":"b","names":["a","b","a","b"]}"#.utf8)
        let whole = try ContentEncoder.encoded(body, as: coding)
        for cut in 0...body.count {
            var output: [UInt8] = []
            let encoder = try ContentEncoder(coding: coding)
            try encoder.encode(Array(body[..<cut]).span, into: &output)
            try encoder.encode(Array(body[cut...]).span, into: &output)
            try encoder.finish(into: &output)
            #expect(output == whole, "cut at \(cut)")
            #expect(ContentDecoder.decode(output, coding: coding) == DecodedBody(bytes: body, complete: true))
        }
    }

    /// A strong entity tag of a coded body rests on this.
    @Test(arguments: codings, UInt64(100)..<130)
    func `coded bytes do not depend on how the body was cut`(coding: ContentCoding, seed: UInt64) throws {
        var chance = CodingChance(seed: seed)
        let body = chance.body()
        let whole = try ContentEncoder.encoded(body, as: coding)
        var output: [UInt8] = []
        let encoder = try ContentEncoder(coding: coding)
        for piece in chance.pieces(of: body) { try encoder.encode(piece.span, into: &output) }
        try encoder.finish(into: &output)
        #expect(output == whole)
    }

    @Test(arguments: codings, UInt64(0)..<20)
    func `everything taken before a flush can be decoded behind it`(coding: ContentCoding, seed: UInt64) throws {
        var chance = CodingChance(seed: seed)
        let encoder = try ContentEncoder(coding: coding)
        var output: [UInt8] = []
        var taken: [UInt8] = []
        for _ in 0..<6 {
            let event = chance.event()
            taken += event
            try encoder.encode(event.span, into: &output)
            try encoder.flush(into: &output)
            #expect(ContentDecoder.decode(output, coding: coding)?.bytes == taken)
        }
        try encoder.finish(into: &output)
        #expect(ContentDecoder.decode(output, coding: coding) == DecodedBody(bytes: taken, complete: true))
    }

    @Test(arguments: codings)
    func `a flush of nothing adds nothing`(coding: ContentCoding) throws {
        let encoder = try ContentEncoder(coding: coding)
        var output: [UInt8] = []
        try encoder.flush(into: &output)
        #expect(output.isEmpty)
        try encoder.encode(Array("event".utf8).span, into: &output)
        try encoder.flush(into: &output)
        let count = output.count
        try encoder.flush(into: &output)
        try encoder.encode([UInt8]().span, into: &output)
        try encoder.flush(into: &output)
        #expect(output.count == count)
    }

    @Test(arguments: codings)
    func `a body of nothing is a complete coded body`(coding: ContentCoding) throws {
        let output = try ContentEncoder.encoded([], as: coding)
        #expect(!output.isEmpty)
        #expect(ContentDecoder.decode(output, coding: coding) == DecodedBody(bytes: [], complete: true))
    }

    @Test(arguments: codings)
    func `an encoder takes nothing after its end`(coding: ContentCoding) throws {
        let encoder = try ContentEncoder(coding: coding)
        var output: [UInt8] = []
        try encoder.finish(into: &output)
        let end = output
        #expect(throws: EncodingFault.alreadyFinished(coding)) { try encoder.encode([1].span, into: &output) }
        #expect(throws: EncodingFault.alreadyFinished(coding)) { try encoder.flush(into: &output) }
        #expect(throws: EncodingFault.alreadyFinished(coding)) { try encoder.finish(into: &output) }
        #expect(output == end)
    }

    @Test(arguments: codings, [Int.min, -1, 0, 1, 9, 11, 19, 22, Int.max])
    func `any level is brought into the coding's range`(coding: ContentCoding, level: Int) throws {
        let body = Array(repeating: Array("the same words again, ".utf8), count: 200).flatMap { $0 }
        let output = try ContentEncoder.encoded(body, as: coding, level: level)
        #expect(output.count < body.count / 4)
        #expect(ContentDecoder.decode(output, coding: coding) == DecodedBody(bytes: body, complete: true))
    }

    @Test(arguments: [ContentCoding.deflate, .identity])
    func `nothing is put into a coding that clients understand in two ways or not at all`(coding: ContentCoding) {
        #expect(throws: EncodingFault.notOffered(coding)) { _ = try ContentEncoder(coding: coding) }
    }

    @Test(arguments: codings)
    func `bytes without any order grow by little`(coding: ContentCoding) throws {
        var chance = CodingChance(seed: 7)
        let body = chance.noise(200_000)
        let output = try ContentEncoder.encoded(body, as: coding)
        #expect(output.count < body.count + 1_000)
        let decoded = ContentDecoder.decode(output, coding: coding, limit: body.count)
        #expect(decoded == DecodedBody(bytes: body, complete: true))
    }

    @Test(arguments: codings)
    func `an encoder that is given up in the middle is no trouble`(coding: ContentCoding) throws {
        var output: [UInt8] = []
        for _ in 0..<50 { try ContentEncoder(coding: coding).encode(Array("half a".utf8).span, into: &output) }
    }
}
