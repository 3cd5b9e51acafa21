/// One of the paths on which a service of language models answers (contract §6).
package struct SurfacePath: Sendable {
    /// The name of its route.
    package let name: String
    /// What may be asked of it.
    package let methods: [String]
    /// The path as a pattern, without the service's prefix.
    package let pattern: String

    private init(_ name: String, _ methods: [String], _ pattern: String) {
        self.name = name
        self.methods = methods
        self.pattern = pattern
    }

    private static let reading = ["GET", "HEAD"]

    /// All of them.
    package static let all = [
        SurfacePath("openai-chat", ["POST"], "/v1/chat/completions"),
        SurfacePath("openai-responses", ["POST"], "/v1/responses"),
        SurfacePath("openai-count", ["POST"], "/v1/responses/input_tokens"),
        SurfacePath("openai-completions", ["POST"], "/v1/completions"),
        SurfacePath("openai-embeddings", ["POST"], "/v1/embeddings"),
        SurfacePath("models", reading, "/v1/models"),
        SurfacePath("model", reading + ["POST"], "/v1/models/{call...}"),
        SurfacePath("anthropic-messages", ["POST"], "/v1/messages"),
        SurfacePath("anthropic-count", ["POST"], "/v1/messages/count_tokens"),
        SurfacePath("gemini-models", reading, "/v1beta/models"),
        SurfacePath("gemini-call", reading + ["POST"], "/v1beta/models/{call...}"),
        SurfacePath("ollama-chat", ["POST"], "/api/chat"),
        SurfacePath("ollama-generate", ["POST"], "/api/generate"),
        SurfacePath("ollama-embed", ["POST"], "/api/embed"),
        SurfacePath("ollama-tags", reading, "/api/tags"),
        SurfacePath("ollama-show", ["POST"], "/api/show"),
        SurfacePath("ollama-version", reading, "/api/version"),
        SurfacePath("mistral-chat", ["POST"], "/mistral/v1/chat/completions"),
        SurfacePath("mistral-embeddings", ["POST"], "/mistral/v1/embeddings"),
        SurfacePath("mistral-models", reading, "/mistral/v1/models"),
        SurfacePath("mistral-model", reading, "/mistral/v1/models/{model...}"),
    ]
}
