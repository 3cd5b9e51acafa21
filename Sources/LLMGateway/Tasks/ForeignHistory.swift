import LLMTranslation

/// Whether a request carries what Parley gave its client in an earlier answer of another vendor's model: signed
/// thinking, values on calls.
///
/// The vendor would refuse those, so such a request is cut (``HistoryCut``) or translated rather than passed on as it is.
enum ForeignHistory {
    /// Whether `body`, a request in `format`, does.
    ///
    /// What Parley itself has marked is foreign to every server. What compatible servers write and take back in the same
    /// place, such as thinking without a signature, is so at the vendor's own alone (`isVendorItself`).
    static func isIn(
        _ body: [UInt8],
        _ format: WireFormat,
        isVendorItself: Bool,
        isGoogles: Bool = false,
        model: String
    ) -> Bool {
        let body = body[...]
        return switch format {
        case .anthropicMessages:
            ByteSearch.anyValue(of: "\"signature\"", in: body) {
                isForeign($0, to: .anthropic) || isVendorItself && $0.starts(with: [0x22, 0x22])
            }
                || ByteSearch.anyValue(of: "\"data\"", in: body) { isForeign($0, to: .anthropic) }
                || ByteSearch.find("\"extra_content\"", in: body) != nil
        case .openAIResponses:
            ByteSearch.anyValue(of: "\"encrypted_content\"", in: body) { isForeign($0, to: nil) }
        case .openAIChat:
            isInChat(body, isVendorItself, hasForeignCalls(isVendorItself, isGoogles: isGoogles, model))
        case .gemini:
            // What begins with «parley:», in base64.
            ByteSearch.find("\"cGFybGV5O", in: body) != nil
        case .mistralChat:
            ByteSearch.anyValue(of: "\"signature\"", in: body) { isForeign($0, to: .mistral) }
        case .openAICompletions, .ollamaChat, .ollamaGenerate: false
        }
    }

    /// As ``isIn(_:_:isVendorItself:isGoogles:model:)``, for a target.
    static func isIn(_ body: [UInt8], _ format: WireFormat, for target: ModelTargetPlan) -> Bool {
        let provider = target.provider
        return isIn(
            body,
            format,
            isVendorItself: provider.isVendorItself,
            isGoogles: provider.isGoogles,
            model: target.model
        )
    }

    /// Elsewhere than at OpenAI, details have a form by the name that Parley gives it, and values on calls belong to a model
    /// that is not Google's own.
    private static func isInChat(_ body: ArraySlice<UInt8>, _ isVendorItself: Bool, _ areCallsForeign: Bool) -> Bool {
        // None of the vendors has this member, which other servers write and Parley for them.
        if isVendorItself, ByteSearch.find("\"reasoning_content\"", in: body) != nil { return true }
        let hasDetails = ByteSearch.find("\"reasoning_details\"", in: body) != nil
        if hasDetails, isVendorItself || ByteSearch.anyValue(of: "\"format\"", in: body, isVendorName) { return true }
        return areCallsForeign && ByteSearch.find("\"extra_content\"", in: body) != nil
    }

    /// Whether values on calls of OpenAI's chat mean nothing to `model`: they are those of Google's models, which others
    /// than OpenAI may serve.
    static func hasForeignCalls(_ isVendorItself: Bool, isGoogles: Bool, _ model: String) -> Bool {
        !isGoogles && (isVendorItself || !model.lowercased().contains("gemini"))
    }

    /// Whether `text` is the name of a vendor, which Parley gives to details that must go back to it.
    static func isVendorName(_ text: String) -> Bool { Vendor(rawValue: text) != nil }

    /// Whether a signature or encrypted thinking is not `home`'s; what nobody has signed is foreign to the vendor itself.
    static func isForeign(_ text: String, to home: Vendor, isVendorItself: Bool) -> Bool {
        text.isEmpty ? isVendorItself : isForeign(Array("\"\(text)".utf8)[...], to: home)
    }

    /// Whether a value is the name of a vendor, and nothing else.
    private static func isVendorName(_ value: ArraySlice<UInt8>) -> Bool {
        Vendor.allCases.contains { value.starts(with: Array("\"\($0.rawValue)\"".utf8)) }
    }

    /// Whose marks there are: the vendors', and Parley's own on what nobody has signed.
    private static let names = Vendor.allCases.map(\.rawValue) + ["parley"]

    /// Whether a value begins with the name of a vendor other than `home`, or with Parley's, as Parley writes foreign values.
    private static func isForeign(_ value: ArraySlice<UInt8>, to home: Vendor?) -> Bool {
        guard value.first == 0x22 else { return false }
        let text = value.dropFirst()
        for name in names where name != home?.rawValue {
            guard text.starts(with: name.utf8) else { continue }
            let rest = text.dropFirst(name.utf8.count)
            if rest.first == UInt8(ascii: ":") || rest.first == UInt8(ascii: ".") { return true }
        }
        return false
    }
}
