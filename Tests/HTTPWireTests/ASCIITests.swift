import HTTPWire
import Testing

/// The classes of bytes, for every byte there is.
@Suite struct ASCIITests {
    private static let all = (0...255).map { UInt8($0) }

    @Test func `tokens are letters, digits and fifteen signs`() {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        let tokens = Set((letters + "!#$%&'*+-.^_`|~").utf8)
        #expect(Set(Self.all.filter(ASCII.isToken)) == tokens)
    }

    @Test func `control characters are forbidden in values, but not HTAB and obs-text`() {
        let forbidden = Set((0..<32).filter { $0 != 9 } + [127])
        #expect(Set(Self.all.filter(ASCII.isForbiddenInValue).map { Int($0) }) == forbidden)
    }

    @Test func `only capital letters have a lower case`() {
        for byte in Self.all {
            let expected = (65...90).contains(byte) ? byte + 32 : byte
            #expect(ASCII.lower(byte) == expected)
        }
    }

    @Test func `hexadecimal digits have a value, nothing else has`() {
        for byte in Self.all {
            let digit = byte < 128 ? Character(Unicode.Scalar(byte)).hexDigitValue : nil
            #expect(ASCII.hexValue(byte).map { Int($0) } == digit)
        }
    }

    @Test func `comparison ignores the case of letters and nothing else`() {
        let equal = { (text: String) in ASCII.equalIgnoringCase(wire(text).span, "keep-alive") }
        #expect(equal("Keep-ALIVE"))
        #expect(!equal("Keep\rALIVE"))
        #expect(!equal("keep-aliv"))
        #expect(!equal(""))
    }
}
