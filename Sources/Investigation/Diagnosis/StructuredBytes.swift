import HTTPSemantics

/// Bytes written in base 64, read by way of structured fields, which have them too (RFC 9651, section 3.3.5).
enum StructuredBytes {
    /// The bytes of `text`, or `nil`.
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        guard let item = try? StructuredField.item([[0x3A] + text + [0x3A]]), case .bytes(let bytes) = item.value else {
            return nil
        }
        return bytes
    }
}
