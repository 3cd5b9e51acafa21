import Catalog
import Testing

@Suite struct ByteSizeTests {
    @Test(arguments: [
        ("0", 0), ("512", 512), ("512B", 512), ("64KiB", 65_536), ("1MiB", 1 << 20), ("2GiB", 2 << 30),
        ("1024TiB", ByteSize.largestWritten),
    ])
    func `a number with a unit is a size`(text: String, expected: Int) throws {
        #expect(try ByteSize(parsing: text).bytes == expected)
    }

    @Test(arguments: [
        "", "KiB", "-1", "+1", "1.5MiB", "1 MiB", "1kib", "1MB", "1K", "1025TiB", "9223372036854775807TiB",
        "99999999999999999999", "１KiB",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: TextFault.self) { try ByteSize(parsing: text) }
    }

    @Test(arguments: [("10MB", "10MiB"), ("5k", "5KiB"), ("3G", "3GiB")])
    func `decimal units get the binary one suggested`(text: String, suggestion: String) {
        #expect { try ByteSize(parsing: text) } throws: { error in
            (error as? TextFault)?.remedy?.contains(suggestion) == true
        }
    }

    @Test(arguments: ["512", "64KiB", "1536KiB", "1GiB", "0"])
    func `what is written can be read again`(text: String) throws {
        #expect(try ByteSize(parsing: text).written == text)
    }
}
