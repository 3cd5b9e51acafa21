/// Text of bytes that need not be UTF-8, as in old header fields: each byte is the character of the same number.
enum Latin1 {
    /// `bytes` as text; never fails.
    static func text(_ bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Unicode.Scalar(byte)) }
        return String(scalars)
    }
}
