import ConsoleBasics
import Testing

struct LocalNameTests {
    @Test(arguments: [
        "localhost", "localhost:8081", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:8081",
        "localhost:",
    ])
    func `the machine's own names are local`(authority: String) {
        #expect(LocalName.isLocal(authority))
    }

    @Test(arguments: [
        nil, "", "example.com", "localhost.example.com", "localhost:8081.example.com", "127.0.0.1.nip.io", "127.0.0.2",
        "[::1", "[::1]x", "::1", "localhost:99999", "localhost:+80", "localhost: 80", "localhost:80:80",
        "user@localhost",
        "0.0.0.0", "[::1%25lo]",
    ])
    func `no other name is`(authority: String?) {
        #expect(!LocalName.isLocal(authority))
    }
}
