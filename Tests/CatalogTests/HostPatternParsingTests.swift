import Catalog
import Testing

@Suite struct HostPatternParsingTests {
    @Test(arguments: [
        ("api.example.com", HostPattern(name: "api.example.com", isWildcard: false)),
        ("API.Example.COM", HostPattern(name: "api.example.com", isWildcard: false)),
        ("*.Example.org", HostPattern(name: "example.org", isWildcard: true)),
        ("localhost", HostPattern(name: "localhost", isWildcard: false)),
        ("192.0.2.1", HostPattern(name: "192.0.2.1", isWildcard: false)),
        ("[2001:DB8::1]", HostPattern(name: "[2001:db8::1]", isWildcard: false)),
        ("my_host", HostPattern(name: "my_host", isWildcard: false)),
    ])
    func `a host is read in any case`(text: String, expected: HostPattern) throws {
        #expect(try HostPattern(parsing: text) == expected)
    }

    @Test(arguments: [
        "", "*", "*.", "a.*", "*a.com", "*.*.com", "a..b", ".a", "a.", "-a", "a-", "a:80", "http://a", "a b", "ü.de",
        "[::1", "[1.2.3.4]", "*.[::1]", "a/b", "a~b",
    ])
    func `what is no host is refused`(text: String) {
        #expect(throws: TextFault.self) { try HostPattern(parsing: text) }
    }

    @Test func `labels and names have their lengths`() throws {
        let label = String(repeating: "a", count: 63)
        #expect(try HostPattern(parsing: label).name == label)
        #expect(throws: TextFault.self) { try HostPattern(parsing: label + "a") }
        let long = repeatElement(label, count: 4).joined(separator: ".")
        #expect(throws: TextFault.self) { try HostPattern(parsing: long) }
    }
}
