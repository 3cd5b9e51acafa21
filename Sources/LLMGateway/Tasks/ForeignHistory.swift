import LLMTranslation

/// Whether a request carries what Parley gave its client in an earlier answer of another vendor's model: signed
/// thinking, values on calls.
///
/// The vendor would refuse those, so such a request is translated rather than passed on as it is.
enum ForeignHistory {
    /// Whether `body`, a request in `format`, does.
    static func isIn(_ body: [UInt8], _ format: WireFormat) -> Bool {
        let body = body[...]
        return switch format {
        case .anthropicMessages:
            ByteSearch.anyValue(of: "\"signature\"", in: body) {
                isForeign($0, to: .anthropic) || $0.starts(with: [0x22, 0x22])
            }
                || ByteSearch.anyValue(of: "\"data\"", in: body) { isForeign($0, to: .anthropic) }
                || ByteSearch.find("\"extra_content\"", in: body) != nil
        case .openAIResponses:
            ByteSearch.anyValue(of: "\"encrypted_content\"", in: body) { isForeign($0, to: nil) }
        case .openAIChat:
            ByteSearch.find("\"reasoning_details\"", in: body) != nil
                || ByteSearch.find("\"extra_content\"", in: body) != nil
        case .gemini:
            // What begins with «parley:», in base64.
            ByteSearch.find("\"cGFybGV5O", in: body) != nil
        case .mistralChat:
            ByteSearch.anyValue(of: "\"signature\"", in: body) { isForeign($0, to: .mistral) }
        case .openAICompletions, .ollamaChat, .ollamaGenerate: false
        }
    }

    /// Whether a value begins with the name of a vendor other than `home`, as Parley writes foreign values.
    private static func isForeign(_ value: ArraySlice<UInt8>, to home: Vendor?) -> Bool {
        guard value.first == 0x22 else { return false }
        let text = value.dropFirst()
        for vendor in Vendor.allCases where vendor != home {
            let name = vendor.rawValue.utf8
            guard text.starts(with: name) else { continue }
            let rest = text.dropFirst(name.count)
            if rest.first == UInt8(ascii: ":") || rest.first == UInt8(ascii: ".") { return true }
        }
        return false
    }
}
