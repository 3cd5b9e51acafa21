import HTTPSemantics

/// An item of the type `reasoning`, as it came.
struct ResponsesReasoningItem {
    /// Its identifier.
    var id: String?
    /// What it shows, in parts: its summary, then its raw text.
    var texts: [String] = []
    /// Its `encrypted_content`.
    var encrypted: String?

    /// Stands for it in what Parley writes of thinking that nobody sealed, so that its maker is not asked for the item.
    static let unsealed = "parley.unsealed:"

    /// Reads what can be read of an item.
    init(_ item: JSONObject) {
        id = item["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        for list in ["summary", "content"] {
            texts += (item[list]?.array ?? []).compactMap { $0["text"]?.string }.filter { !$0.isEmpty }
        }
        encrypted = item["encrypted_content"]?.string.flatMap { $0.isEmpty || $0 == Self.unsealed ? nil : $0 }
    }

    /// Its text as one.
    var text: String { texts.joined(separator: ResponsesSeal.separator) }

    /// What is sealed in it.
    var envelope: ResponsesEnvelope? {
        encrypted.map {
            ResponsesEnvelope($0, id: id, lengths: texts.map(\.utf8.count), hasText: !texts.isEmpty)
        }
    }

    /// The thinking, and the signature of the call in the next item; neither for an item that says nothing.
    var content: (reasoning: Reasoning?, callSignature: OpaqueValue?) {
        switch envelope {
        case nil: (texts.isEmpty ? nil : Reasoning(text, id: id), nil)
        case .signature(let value): (Reasoning(text, signature: value, id: id), nil)
        case .redacted(let value): (Reasoning(text, redacted: value, id: id), nil)
        case .call(let value): (texts.isEmpty ? nil : Reasoning(text, id: id), value)
        }
    }
}
