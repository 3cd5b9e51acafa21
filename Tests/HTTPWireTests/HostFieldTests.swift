import FuzzTargets
import HTTPWire
import Testing

/// Host must be there once and name one host (RFC 9112 §3.2).
@Suite struct HostFieldTests {
    private func host(_ fields: String, version: String = "1.1") -> HeadReading.Answer<Bool> {
        let reading = HeadReading(wire("GET / HTTP/\(version)\r\n\(fields)\r\n"), as: .request)
        #expect(reading.ending == .complete)
        return reading.host
    }

    private func isWellFormed(_ value: [UInt8]) -> Bool { HostField.isWellFormed(value.span) }

    @Test(arguments: [
        "a", "example.com", "EXAMPLE.com.", "a:80", "a:", "a:65535", "127.0.0.1:8080", "[::1]", "[::1]:80", "[::]:8080",
        "[2001:DB8::a]", "[::ffff:1.2.3.4]:1", "x_y", "a-b~c", "a%2Db", "a!$&'()*+;=b", "1",
    ])
    func `a host name or address with an optional port is fine`(_ value: String) {
        #expect(isWellFormed(wire(value)))
        #expect(host("Host: \(value)\r\n") == .value(true))
    }

    @Test(arguments: [
        "", ":80", "a:b", "a:123456", "a:-1", "a:8 0", "a b", "a,b", "a/b", "a?b", "a#b", "user@a", "a:80:80", "a@b:80",
        "[::1", "::1", "[::1]80", "[::1]x", "[]", "[:]", "[a]", "[abc]", "[::1%eth0]", "[g::]", "[v1.x::y]", "a\"b",
        "<a>", "a\\b",
        "a%", "a%4", "a%zz", "a\u{80}b", "a\tb", "a|b", "a^b", "a`b", "{a}", "http://a", "[::1]:123456", "[::1]:x",
    ])
    func `anything else is not`(_ value: String) {
        #expect(!isWellFormed(wire(value)))
        let fault = WireFault.malformed("Host is not a host name with an optional port")
        #expect(host("Host: \(value)\r\n") == .fault(fault))
    }

    @Test func `a host of three hundred bytes is the longest`() {
        #expect(isWellFormed([UInt8](repeating: 97, count: 300)))
        #expect(!isWellFormed([UInt8](repeating: 97, count: 301)))
    }

    @Test func `Host may be absent in HTTP 1_0 only`() {
        #expect(host("A: b\r\n") == .fault(.malformed("Host is missing")))
        #expect(host("A: b\r\n", version: "1.0") == .value(true))
    }

    @Test(arguments: ["1.0", "1.1"])
    func `Host is never repeated, identical or not`(_ version: String) {
        for second in ["a", "b", ""] {
            let fault = WireFault.malformed("Host is repeated")
            #expect(host("Host: a\r\nX: y\r\nhost: \(second)\r\n", version: version) == .fault(fault))
        }
    }
}
