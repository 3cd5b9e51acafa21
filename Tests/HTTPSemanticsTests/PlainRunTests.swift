import HTTPSemantics
import Testing

@Suite struct PlainRunTests {
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80
    }

    @Test(arguments: 0...255)
    func `finds every special byte at every place, and passes over every other`(byte: Int) {
        let byte = UInt8(byte)
        for place in 0..<24 {
            var bytes = [UInt8](repeating: 0x61, count: 24)
            bytes[place] = byte
            for start in 0...place {
                let end = PlainRun.end(bytes.span, from: start)
                #expect(end <= 24 && !bytes[start..<end].contains(where: Self.isSpecial))
                // Only within a last piece of less than eight bytes may it stop early.
                let wordsEnd = start + (24 - start) / 8 * 8
                let wanted = Self.isSpecial(byte) && place < wordsEnd ? place : wordsEnd
                #expect(end == wanted)
            }
        }
    }

    @Test func `of several special bytes the first counts, whatever stands above it`() {
        let specials: [UInt8] = [0x00, 0x1F, 0x22, 0x5C, 0x80, 0xFF]
        let neighbours: [UInt8] = [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F]
        for first in specials {
            for above in specials + neighbours {
                for below in neighbours {
                    let bytes: [UInt8] = [below, below, below, first, above, above, first, above]
                    #expect(PlainRun.end(bytes.span, from: 0) == 3)
                }
            }
        }
    }

    @Test func `nothing is read beyond the end`() {
        for count in 0..<20 {
            let bytes = [UInt8](repeating: 0x61, count: count)
            #expect(PlainRun.end(bytes.span, from: 0) == count / 8 * 8)
            #expect(PlainRun.end(bytes.span, from: count) == count)
        }
    }
}
