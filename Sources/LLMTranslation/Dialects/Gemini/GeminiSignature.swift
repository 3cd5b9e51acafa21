import HTTPSemantics

/// What a `thoughtSignature` holds: Gemini's own as it came, or another vendor's that a Gemini client keeps for it.
///
/// Google's SDKs take signatures for base64, so that another vendor's is wrapped in base64 together with its vendor.
struct GeminiSignature {
    private static let mark = "parley:"
    /// `mark` in base64, as far as what follows cannot change it.
    private static let wireMark = "cGFybGV5"

    /// Stands on calls that Parley gives a client without a signature, so that they are told from Gemini's own.
    ///
    /// «parley:unsigned» in base64, which is the same in every alphabet and without padding.
    static let unsigned = "cGFybGV5OnVuc2lnbmVk"

    /// The value and its vendor.
    var value: OpaqueValue
    /// Whether it is thinking that came encrypted as a whole.
    var isRedacted = false
    /// The identifier of the thinking, if the vendor's dialect has one.
    var id: String?

    /// A signature.
    init(_ value: OpaqueValue, isRedacted: Bool = false, id: String? = nil) {
        self.value = value
        self.isRedacted = isRedacted
        self.id = id
    }

    /// Reads the wire's.
    init(wire: String) {
        self.init(OpaqueValue(.gemini, wire))
        guard wire.hasPrefix(Self.wireMark), let bytes = GeminiBase64.bytes(of: wire) else { return }
        let text = String(decoding: bytes, as: UTF8.self)
        let fields = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 5, fields[0] == "parley", let vendor = Vendor(rawValue: String(fields[1])) else { return }
        self.init(
            OpaqueValue(vendor, String(fields[4])),
            isRedacted: fields[2] == "redacted",
            id: fields[3].isEmpty ? nil : String(fields[3])
        )
    }

    /// As the wire has it.
    var wire: String {
        guard value.vendor != .gemini || isRedacted else { return value.value }
        let kind = isRedacted ? "redacted" : "signed"
        return Base64.text(
            of: Array("\(Self.mark)\(value.vendor.rawValue):\(kind):\(id ?? ""):\(value.value)".utf8)
        )
    }

    /// The thinking that it belongs to.
    func reasoning(_ text: String) -> Reasoning {
        isRedacted ? Reasoning(text, redacted: value, id: id) : Reasoning(text, signature: value, id: id)
    }
}
