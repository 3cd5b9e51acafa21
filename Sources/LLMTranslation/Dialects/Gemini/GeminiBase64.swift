import HTTPSemantics

/// Bytes as text of 64 characters (RFC 4648): written in the common alphabet, read in that and in the one for
/// addresses, which Google's Python SDK writes.
enum GeminiBase64 {
    /// A text in either alphabet, in the common one and with padding, as other vendors want it.
    static func common(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x2D || $0 == 0x5F }) || text.utf8.count % 4 != 0 else { return text }
        var output = text.utf8.filter { $0 != 0x3D }.map { $0 == 0x2D ? 0x2B : $0 == 0x5F ? 0x2F : $0 }
        while output.count % 4 != 0 { output.append(0x3D) }
        return String(decoding: output, as: UTF8.self)
    }

    /// The bytes of a text in either alphabet, or `nil` if it is none.
    static func bytes(of text: String) -> [UInt8]? { Base64.bytes(of: common(text)) }
}
