import ConflictEngine
import Testing

struct VersionDerivationTests {
    @Test func `a tag is the hash that anyone can compute`() {
        // printf 'application/json\0\0{"a":1}' | sha256sum, in base64url, first 22 characters
        let tag = VersionDerivation.tag(of: Array(#"{"a":1}"#.utf8), mediaType: Array("application/json".utf8))
        #expect(String(decoding: tag, as: UTF8.self) == "\"MB2vAnhymuqggLNjpHmX5T\"")
    }

    @Test(arguments: 0...7)
    func `it does not matter in which pieces the bytes come`(cut: Int) {
        let bytes = Array(#"{"a":1}"#.utf8)
        var pieces = VersionDerivation(mediaType: Array("text/plain".utf8), contentLanguage: Array("de".utf8))
        pieces.update(Array(bytes[..<cut]))
        unsafe pieces.update(Array(bytes[cut...]).span.bytes)
        let whole = VersionDerivation.tag(
            of: bytes,
            mediaType: Array("text/plain".utf8),
            contentLanguage: Array("de".utf8)
        )
        #expect(pieces.finish() == whole)
        #expect(whole.count == 24)
    }

    @Test func `media type, language and bytes each make another tag`() {
        let tags: Set = [
            VersionDerivation.tag(of: [1, 2], mediaType: [3]),
            VersionDerivation.tag(of: [1], mediaType: [3]),
            VersionDerivation.tag(of: [1, 2], mediaType: [4]),
            VersionDerivation.tag(of: [1, 2], mediaType: []),
            VersionDerivation.tag(of: [1, 2], mediaType: [3], contentLanguage: [5]),
            VersionDerivation.tag(of: [1, 2], mediaType: [], contentLanguage: [3]),
        ]
        #expect(tags.count == 6)
    }
}
