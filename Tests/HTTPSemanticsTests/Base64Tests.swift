import HTTPSemantics
import Testing

/// The vectors of RFC 4648, section 10, and what comes close to them.
@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("\u{3FF}\u{3FF}?", "z7/Pvz8="), ("~~>", "fn4+"),
    ])
    func `bytes become text and come back`(bytes: String, text: String) {
        #expect(Base64.text(of: Array(bytes.utf8)) == text)
        #expect(Base64.bytes(of: text) == Array(bytes.utf8))
        let bare = String(text.filter { $0 != "=" })
        #expect(Base64.bytes(of: bare) == Array(bytes.utf8) && Base64.bytes(of: bare + "===") == Array(bytes.utf8))
    }

    @Test(arguments: ["Z", "Zm9vY", "Zm9v YmFy", "Zm-v", "Zm_v", "Zg==Zg==", "=Zg", "Zé==", "Zm9v\n"])
    func `what is no base64 is nothing`(text: String) {
        #expect(Base64.bytes(of: text) == nil)
    }

    @Test func `every byte comes back`() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for length in 0...bytes.count {
            let part = Array(bytes[..<length])
            #expect(Base64.bytes(of: Base64.text(of: part)) == part)
        }
    }
}
