import Catalog

/// The SHA-256 hash of a consumer's key.
struct KeyHash {
    /// Its 32 bytes.
    let bytes: [UInt8]

    /// Reads `sha256:` and 64 hexadecimal digits.
    init(parsing text: String) throws(TextFault) {
        let remedy = "make it with: printf %s KEY | sha256sum"
        guard text.hasPrefix("sha256:") else { throw TextFault("does not begin with 'sha256:'", remedy: remedy) }
        let values = text.dropFirst(7).utf8.map { PathText.hexValue($0) }
        let digits = values.compactMap { $0 }
        guard digits.count == values.count else {
            throw TextFault("holds something else than hexadecimal digits", remedy: remedy)
        }
        guard digits.count == 64 else { throw TextFault("has \(digits.count) digits, not 64", remedy: remedy) }
        bytes = stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
