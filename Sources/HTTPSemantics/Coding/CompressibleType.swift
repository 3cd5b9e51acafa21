/// Which media types are worth coding where the configuration does not say.
package enum CompressibleType {
    private static let exact: [StaticString] = [
        "application/json", "application/javascript", "application/xml", "application/x-ndjson", "application/ndjson",
        "application/jsonl", "application/json-seq", "application/x-javascript", "application/ecmascript",
        "application/wasm", "application/yaml", "application/x-yaml", "application/toml", "application/sql",
        "application/graphql", "application/x-www-form-urlencoded", "application/rtf", "application/x-sh",
        "application/x-tar", "application/vnd.ms-fontobject", "application/x-font-ttf", "application/xml-dtd",
        "font/ttf", "font/otf", "font/collection", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon",
        "model/obj", "model/stl",
    ]
    private static let endings: [StaticString] = ["+json", "+xml", "+yaml", "+json-seq", "+text"]

    /// Whether content of a `Content-Type` is text, or something else that is sure to shrink.
    ///
    /// What has a coding of its own (images, sound, archives, most fonts), what has parts of its own, and what is not
    /// named at all, is not. Parameters do not matter; a malformed value counts as none.
    package static func isWorthwhile(_ contentType: ArraySlice<UInt8>) -> Bool {
        let end = contentType.firstIndex(of: ASCII.semicolon) ?? contentType.endIndex
        let essence = ASCII.trimmed(contentType[..<end])
        guard let slash = essence.firstIndex(of: ASCII.slash),
            isToken(essence[..<slash]), isToken(essence[(slash + 1)...])
        else { return false }
        return ASCII.begins(essence, with: "text/") || exact.contains { ASCII.equals(essence, $0) }
            || endings.contains { ASCII.ends(essence, with: $0) }
    }

    private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(ASCII.isTokenCharacter)
    }
}
