import Catalog

/// A JSON pointer as written (RFC 6901).
enum PointerText {
    /// Refuses what is no pointer to a place below the root.
    static func check(_ text: String) throws(TextFault) {
        guard text.hasPrefix("/") else { throw TextFault("does not begin with '/'", remedy: "write '/\(text)'") }
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "~") {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            guard next == UInt8(ascii: "0") || next == UInt8(ascii: "1") else {
                throw TextFault("has a '~' that escapes nothing", remedy: "write '~0' for '~' and '~1' for '/'")
            }
        }
    }
}
