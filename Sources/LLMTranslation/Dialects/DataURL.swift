/// Files within requests as `data:` URLs (RFC 2397), always base64.
enum DataURL {
    private static let scheme = Array("data:".utf8)

    /// Whether `text` is one, well-formed or not; the case of the scheme does not count (RFC 3986, section 3.1).
    static func isOne(_ text: String) -> Bool {
        let start = text.utf8.prefix(scheme.count)
        return start.count == scheme.count && zip(start, scheme).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
    }

    /// Where the bytes of `url` are; `nil` for a `data:` URL that is not base64.
    static func source(of url: String) -> MediaPart.Source? {
        guard isOne(url) else { return .url(url) }
        let text = url.utf8
        guard let comma = text.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let head = url[text.index(text.startIndex, offsetBy: scheme.count)..<comma].lowercased()
        guard head.hasSuffix(";base64") else { return nil }
        let mediaType = head.prefix { $0 != ";" }
        let data = url[text.index(after: comma)...]
        return .base64(mediaType: mediaType.isEmpty ? "text/plain" : String(mediaType), data: withoutBlanks(data))
    }

    /// The URL of base64 `data`.
    static func text(mediaType: String, data: String) -> String { "data:\(mediaType);base64,\(data)" }

    /// Base64 without line breaks, which some clients put in.
    static func withoutBlanks(_ data: Substring) -> String {
        guard data.utf8.contains(where: { $0 <= 0x20 }) else { return String(data) }
        return String(decoding: data.utf8.filter { $0 > 0x20 }, as: UTF8.self)
    }
}
