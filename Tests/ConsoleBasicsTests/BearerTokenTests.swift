import ConsoleBasics
import Testing

struct BearerTokenTests {
    @Test(arguments: ["Bearer secret", "bearer secret", "BEARER   secret"])
    func `the token is what follows the scheme`(value: String) {
        #expect(BearerToken.sent(in: value) == Array("secret".utf8))
    }

    @Test(arguments: ["", "Bearer", "Bearer ", "Basic secret", "Bearersecret", "secret"])
    func `other schemes and empty tokens are none`(value: String) {
        #expect(BearerToken.sent(in: value) == nil)
    }

    @Test(arguments: [("secret", true), ("secre", false), ("secrets", false), ("", false), ("sEcret", false)])
    func `only the same bytes agree`(sent: String, agrees: Bool) {
        #expect(BearerToken.agree(Array(sent.utf8), Array("secret".utf8)) == agrees)
    }

    @Test func `an empty token agrees with nothing`() {
        #expect(!BearerToken.agree([], []))
    }
}
