package import HTTPSemantics

/// How a translated answer presents itself to its client.
package struct AnswerFace: Sendable, Equatable {
    /// The model's name as the client asked for it.
    package var model: String
    /// Stands in for identifiers that the provider did not give: letters and digits, unique.
    package var seed: String
    /// Now, in seconds since 1970.
    package var created: Int
    /// Whether the client wants the usage within the stream (OpenAI's `include_usage`).
    package var wantsStreamUsage: Bool
    /// What the client asked for, for the dialect that repeats it in its answers (OpenAI's Responses).
    package var asked = JSONObject()

    /// A face.
    package init(model: String, seed: String, created: Int, wantsStreamUsage: Bool = true) {
        self.model = model
        self.seed = seed
        self.created = created
        self.wantsStreamUsage = wantsStreamUsage
    }

    /// An identifier for a call that came without one; OpenAI takes 40 characters at most.
    func callID(_ choice: Int, _ call: Int) -> String { "call_\(seed.suffix(24))_\(choice)_\(call)" }
}
