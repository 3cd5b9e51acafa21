import ConflictEngine
import Testing

struct SecretRedactionTests {
    @Test(arguments: [
        ("Authorization: Bearer abcDEF123456.xyz failed", "Authorization: Bearer [redacted] failed"),
        ("key sk_live_abcdefgh12345678 is not valid", "key [redacted] is not valid"),
        ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl expired", "token [redacted] expired"),
        ("password=hunter2&user=ada", "password=[redacted]&user=ada"),
        ("{\"password\": \"hunter2\", \"user\": \"ada\"}", "{\"password\": \"[redacted]\", \"user\": \"ada\"}"),
        ("card 4242 4242 4242 4242 already exists", "card [redacted] already exists"),
        ("card 4242424242424242.", "card [redacted]."),
        ("x-api-key: 9f8e7d6c5b4a", "x-api-key: [redacted]"),
        ("AKIAIOSFODNN7EXAMPLE was used", "[redacted] was used"),
    ])
    func `secrets go`(text: String, wanted: String) {
        #expect(SecretRedaction.redacted(text) == wanted)
    }

    @Test(arguments: [
        "user with e-mail ada@example.com already exists",
        "Invalid password: too short",
        "Key (id)=(4242424242424241) already exists",
        "The token has expired",
        "order 1234567890123 was shipped",
        "duplicate key value violates unique constraint \"users_email_key\"",
        "basic plan already active",
    ])
    func `everything else stays`(text: String) {
        #expect(SecretRedaction.redacted(text) == text)
    }

    @Test func `a long message is cut between characters`() {
        let text = String(repeating: "ä", count: 2000)
        let short = SecretRedaction.redacted(text)
        #expect(short.utf8.count == 2048)
        #expect(short == String(repeating: "ä", count: 1024))
        #expect(SecretRedaction.redacted("aä", limit: 2) == "a")
        #expect(SecretRedaction.redacted("abc", limit: 0).isEmpty)
        #expect(SecretRedaction.redacted("abc", limit: -1).isEmpty)
    }

    @Test func `a secret across the cut is not half shown`() {
        let text = String(repeating: "a ", count: 1020) + "sk_live_abcdefgh12345678"
        let short = SecretRedaction.redacted(text)
        #expect(!short.contains("sk_live"))
        #expect(short.utf8.count <= 2048)
    }

    @Test func `control characters become spaces, line ends stay`() {
        #expect(SecretRedaction.redacted("a\u{1B}[31mb\nc\u{0}") == "a [31mb\nc")
    }

    @Test(arguments: UInt64(0)..<64)
    func `any bytes come out short and without trap`(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        let alphabet = Array("a4=:\"' \nBearer eyJ.sk-password{}[]\\ä".unicodeScalars)
        var text = ""
        for _ in 0..<300 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            text.unicodeScalars.append(alphabet[Int(state % UInt64(alphabet.count))])
        }
        #expect(SecretRedaction.redacted(text, limit: 200).utf8.count <= 200)
    }
}
