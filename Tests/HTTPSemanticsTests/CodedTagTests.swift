import HTTPSemantics
import Testing

/// The map of tags is one to one, and leads back from everything it gives out.
struct CodedTagTests {
    private static let codings: [AnswerCoding?] = [nil] + AnswerCoding.allCases

    private func tag(_ text: String) throws -> EntityTag { try #require(EntityTag(field: bytes(text))) }

    @Test(arguments: [
        (#""x""#, #""x""#, #""x--gz""#, #""x--br""#, #""x--zs""#),
        (#"W/"x""#, #"W/"x""#, #"W/"x--gz""#, #"W/"x--br""#, #"W/"x--zs""#),
        (#""""#, #""""#, #""--gz""#, #""--br""#, #""--zs""#),
        (#""x--gz""#, #""x--gz--id""#, #""x--gz--gz""#, #""x--gz--br""#, #""x--gz--zs""#),
        (#""x--id""#, #""x--id--id""#, #""x--id--gz""#, #""x--id--br""#, #""x--id--zs""#),
        (#""--zs""#, #""--zs--id""#, #""--zs--gz""#, #""--zs--br""#, #""--zs--zs""#),
        (#""x-gz""#, #""x-gz""#, #""x-gz--gz""#, #""x-gz--br""#, #""x-gz--zs""#),
        (#""x--GZ""#, #""x--GZ""#, #""x--GZ--gz""#, #""x--GZ--br""#, #""x--GZ--zs""#),
    ])
    func `a tag goes out with the suffix of its coding`(
        original: String,
        uncoded: String,
        gzip: String,
        br: String,
        zstd: String,
    ) throws {
        let wanted = [uncoded, gzip, br, zstd]
        for (coding, wanted) in zip(Self.codings, wanted) {
            let coded = CodedTag(original: try tag(original), coding: coding)
            #expect(coded.sent.text == wanted)
            #expect(CodedTag(sent: coded.sent) == coded)
        }
    }

    /// All tags of up to four of these pieces, each coded and uncoded: no two are sent as the same.
    @Test func `no two pairs of tag and coding are sent as the same tag`() {
        let pieces = ["--gz", "--br", "--zs", "--id", "-", "x"].map(bytes)
        var opaques: Set<[UInt8]> = [[]]
        for _ in 0..<4 { for opaque in opaques { for piece in pieces { opaques.insert(opaque + piece) } } }
        var sent: [EntityTag: CodedTag] = [:]
        for opaque in opaques {
            for coding in Self.codings {
                let coded = CodedTag(original: EntityTag(strong: opaque), coding: coding)
                if let other = sent.updateValue(coded, forKey: coded.sent) {
                    Issue.record("\(coded) and \(other) are both sent as \(coded.sent.text)")
                }
                #expect(CodedTag(sent: coded.sent) == coded)
            }
        }
        #expect(sent.count == opaques.count * 4)
    }

    /// What comes back goes out as the same tag, but for the tags that are never given out.
    @Test func `every tag is given out by exactly one pair, but for those in the escape alone`() {
        let pieces = ["--gz", "--br", "--zs", "--id", "-", "x"].map(bytes)
        var opaques: Set<[UInt8]> = [[]]
        for _ in 0..<4 { for opaque in opaques { for piece in pieces { opaques.insert(opaque + piece) } } }
        for opaque in opaques {
            let sent = EntityTag(strong: opaque)
            let endings = [bytes("--gz"), bytes("--br"), bytes("--zs"), bytes("--id")]
            let isEscaped = opaque.suffix(4).elementsEqual(bytes("--id"))
            let hasSecond = endings.contains { opaque.dropLast(4).suffix(4).elementsEqual($0) }
            if isEscaped, !hasSecond {
                #expect(CodedTag(sent: sent).original == sent)
                #expect(CodedTag(sent: sent).coding == nil)
            } else {
                #expect(CodedTag(sent: sent).sent == sent)
            }
        }
    }

    @Test(arguments: UInt64(0)..<200)
    func `any tag comes back as it went out`(seed: UInt64) {
        var chance = SeededChance(seed: seed)
        let letters: [UInt8] = Array("--gzbrid".utf8) + [0x21, 0x2C, 0x5B, 0x5D, 0xFF]
        for _ in 0..<50 {
            let opaque = (0..<Int.random(in: 0...12, using: &chance)).compactMap { _ in
                letters.randomElement(using: &chance)
            }
            let isWeak = Bool.random(using: &chance)
            let field = bytes(isWeak ? "W/\"" : "\"") + opaque + [0x22]
            guard let original = EntityTag(field: field) else {
                Issue.record("not a tag: \(field)")
                continue
            }
            var seen: Set<EntityTag> = []
            for coding in Self.codings {
                let coded = CodedTag(original: original, coding: coding)
                #expect(CodedTag(sent: coded.sent) == coded)
                #expect(coded.sent.isWeak == isWeak)
                #expect(seen.insert(coded.sent).inserted)
            }
        }
    }

    @Test func `a second gateway behind the first takes the first one's tags for what they are`() throws {
        let inner = CodedTag(original: try tag(#""v""#), coding: .gzip).sent
        let outer = CodedTag(original: inner, coding: nil).sent
        #expect(outer.text == #""v--gz--id""#)
        #expect(CodedTag(sent: CodedTag(sent: outer).original).original.text == #""v""#)
    }
}
