import Catalog

/// The name of a header field.
enum FieldName {
    /// Whether `text` is a token (RFC 9110, section 5.6.2).
    static func isToken(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: Array("!#$%&'*+-.^_`|~".utf8).contains(byte)
                }
            }
    }

    /// Refuses what cannot be a field name.
    static func check(_ text: String) throws(TextFault) {
        guard isToken(text), text.utf8.count <= 128 else {
            throw TextFault("is not the name of a header field", remedy: "write letters, digits and '-'")
        }
    }

    /// Refuses fields that the gateway itself is responsible for.
    static func checkIsFree(_ text: String) throws(TextFault) {
        try check(text)
        let name = text.lowercased()
        let owned = [
            "host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer",
            "proxy-connection", "expect", "via", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host",
            "x-request-id",
        ]
        guard !owned.contains(name), !name.hasPrefix("parley-") else {
            let remedy = name == "host" ? "use 'host' of the upstream" : "leave it out"
            throw TextFault("is set by the gateway itself", remedy: remedy)
        }
    }

    /// Refuses what cannot be a field value (RFC 9110, section 5.5).
    static func checkValue(_ text: String) throws(TextFault) {
        guard text.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }), text.utf8.count <= 8192 else {
            throw TextFault("holds a control character or is longer than 8 KiB")
        }
        guard text.first?.isWhitespace != true, text.last?.isWhitespace != true else {
            throw TextFault("begins or ends with a space", remedy: "field values never do")
        }
    }

    /// Splits `NAME: TEXT` or `NAME`.
    static func split(_ text: String) -> (name: String, value: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
        return (String(parts.first ?? ""), String(value))
    }
}
