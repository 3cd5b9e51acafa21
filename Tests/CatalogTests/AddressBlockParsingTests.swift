import Catalog
import Testing

@Suite struct AddressBlockParsingTests {
    @Test(arguments: [
        ("192.0.2.1", [192, 0, 2, 1]), ("0.0.0.0", [0, 0, 0, 0]),
        ("::", [UInt8](repeating: 0, count: 16)), ("::1", [UInt8](repeating: 0, count: 15) + [1]),
        ("2001:db8::8:1", [0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 8) + [0, 8, 0, 1]),
        ("::ffff:192.0.2.1", [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 192, 0, 2, 1]),
        ("1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]),
        ("1::", [0, 1] + [UInt8](repeating: 0, count: 14)),
    ])
    func `addresses are read`(text: String, bytes: [UInt8]) {
        #expect(IPAddress(text)?.bytes == bytes)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.", "a.b.c.d", "1.2.3.-4", ":", ":::", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7::8", "::1%eth0", "[::1]", "1.2.3.4:80", "::+1",
        "1.2.3.4::",
    ])
    func `what is no address is refused`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `blocks hold their addresses and no others`() throws {
        let block = try AddressBlock(parsing: "10.20.30.40/12")
        #expect(block.contains([10, 16, 0, 0]))
        #expect(block.contains([10, 31, 255, 255]))
        #expect(!block.contains([10, 32, 0, 0]))
        #expect(!block.contains([UInt8](repeating: 0, count: 16)))
        #expect(try AddressBlock(parsing: "0.0.0.0/0").contains([255, 255, 255, 255]))
        let single = try AddressBlock(parsing: "::1")
        #expect(single.prefix == 128)
        #expect(!single.contains([UInt8](repeating: 0, count: 16)))
    }

    @Test(arguments: ["", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "host/8"])
    func `what is no block is refused`(text: String) {
        #expect(throws: TextFault.self) { try AddressBlock(parsing: text) }
    }
}
