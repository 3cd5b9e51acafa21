/// Builds links within the console.
enum PageLink {
    /// The list of conflicts narrowed by `parameters`, in this order.
    static func conflicts(_ parameters: [(String, String)]) -> String {
        guard !parameters.isEmpty else { return "/conflicts" }
        return "/conflicts?" + parameters.map { encoded($0.0) + "=" + encoded($0.1) }.joined(separator: "&")
    }

    /// The page of the conflict called `id`.
    static func conflict(_ id: String) -> String { "/conflicts/" + encoded(id) }

    /// `text` with everything percent-encoded but the unreserved characters (RFC 3986, section 2.3).
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
            }
        }
        return result
    }
}
