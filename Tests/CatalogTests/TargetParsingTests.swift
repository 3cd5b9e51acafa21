import Catalog
import Testing

@Suite struct TargetParsingTests {
    @Test(arguments: [
        ("http://127.0.0.1:9001", Target(scheme: .http, host: "127.0.0.1", port: 9001)),
        ("HTTPS://API.Example.com", Target(scheme: .https, host: "api.example.com", port: 443)),
        ("http://h/", Target(scheme: .http, host: "h", port: 80)),
        ("http://h/v1/x/", Target(scheme: .http, host: "h", port: 80, pathPrefix: "/v1/x")),
        ("https://[2001:DB8::1]:8443/a", Target(scheme: .https, host: "2001:db8::1", port: 8443, pathPrefix: "/a")),
        ("http://my_service:8080", Target(scheme: .http, host: "my_service", port: 8080)),
    ])
    func `a URL names a server`(url: String, expected: Target) throws {
        #expect(try Target(url: url) == expected)
    }

    @Test(arguments: [
        "", "h", "h:80", "ftp://h", "http:/h", "http://", "http:///a", "http://:80", "http://h:", "http://h:0",
        "http://h:65536", "http://h:+80", "http://h:80x", "http://u@h", "http://h?x", "http://h/a?x", "http://h/a#x",
        "http://h/a/../b", "http://h/%41", "http://[::1", "http://[h]", "http://[::1]x", "http://::1", "http://a b",
        "http://h\u{0}", "http://[]",
    ])
    func `what names no server is refused`(url: String) {
        #expect(throws: TextFault.self) { try Target(url: url) }
    }

    @Test func `a weight is kept, and the URL can be read again`() throws {
        let target = try Target(url: "https://[::1]:9443/v1", weight: 5)
        #expect(target.weight == 5)
        #expect(try Target(url: target.url, weight: 5) == target)
    }
}
