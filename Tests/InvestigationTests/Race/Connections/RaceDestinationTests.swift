import Investigation
import Testing

/// URLs taken apart.
@Suite struct RaceDestinationTests {
    @Test(arguments: [
        ("http://h/a", "h", 80, "h"), ("HTTPS://H:8443/", "h", 8443, "h:8443"), ("https://h:443/", "h", 443, "h"),
        ("http://h:443/", "h", 443, "h:443"), ("http://h:/", "h", 80, "h"),
        ("http://127.0.0.1:81/", "127.0.0.1", 81, "127.0.0.1:81"), ("http://[::1]/", "::1", 80, "[::1]"),
        ("https://[2001:DB8::1]:8443/", "2001:db8::1", 8443, "[2001:db8::1]:8443"),
        ("http://[fe80::1%25eth0]:81/", "fe80::1%eth0", 81, "[fe80::1]:81"),
        ("http://b\u{fc}cher.example/", "xn--bcher-kva.example", 80, "xn--bcher-kva.example"),
    ])
    func `servers and their Host`(_ url: String, _ host: String, _ port: Int, _ authority: String) throws {
        let destination = try RaceDestination(RaceAddress(url).text)
        #expect(destination.server.host == host)
        #expect(destination.server.port == port)
        #expect(destination.server.isSecure == url.lowercased().hasPrefix("https"))
        #expect(destination.authority == authority)
    }

    @Test(arguments: [
        ("", "/"), ("?x=1", "/?x=1"), ("/a%2Fb%c3?q=%20&r=a/b?c", "/a%2Fb%c3?q=%20&r=a/b?c"),
        ("/a//b/../c", "/a//b/../c"),
        ("/a;b=1,2'()*!$&+@:~", "/a;b=1,2'()*!$&+@:~"), ("/\u{e4}?\u{fc}", "/%C3%A4?%C3%BC"),
        ("/a{b}|c^d`e\"<>", "/a%7Bb%7D%7Cc%5Ed%60e%22%3C%3E"), ("/100%", "/100%25"), ("/a#b", "/a"),
    ])
    func `escapes stay, and what needs one gets it`(_ end: String, _ target: String) throws {
        #expect(try RaceDestination(RaceAddress("http://h" + end).text).target == target)
    }

    @Test(arguments: [
        "http://h:x/", "http://[::1/", "http://:80/", "http://h:0/", "http://h:65536/", "http://h%00/", "ftp://h/", "h",
    ])
    func `what leads nowhere is refused`(_ url: String) {
        #expect(throws: (any Error).self) { try RaceDestination(url) }
    }
}
