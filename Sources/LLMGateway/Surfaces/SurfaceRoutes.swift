import Catalog

/// The routes that a service of language models stands on (contract §6).
enum SurfaceRoutes {
    private static let paths: [(name: String, methods: String, path: String)] = [
        ("openai-chat", "POST", "/v1/chat/completions"),
        ("openai-responses", "POST", "/v1/responses"),
        ("openai-count", "POST", "/v1/responses/input_tokens"),
        ("openai-completions", "POST", "/v1/completions"),
        ("openai-embeddings", "POST", "/v1/embeddings"),
        ("models", "GET, HEAD", "/v1/models"),
        ("model", "GET, HEAD, POST", "/v1/models/{call...}"),
        ("anthropic-messages", "POST", "/v1/messages"),
        ("anthropic-count", "POST", "/v1/messages/count_tokens"),
        ("gemini-models", "GET, HEAD", "/v1beta/models"),
        ("gemini-call", "GET, HEAD, POST", "/v1beta/models/{call...}"),
        ("ollama-chat", "POST", "/api/chat"),
        ("ollama-generate", "POST", "/api/generate"),
        ("ollama-embed", "POST", "/api/embed"),
        ("ollama-tags", "GET, HEAD", "/api/tags"),
        ("ollama-show", "POST", "/api/show"),
        ("ollama-version", "GET, HEAD", "/api/version"),
        ("mistral-chat", "POST", "/mistral/v1/chat/completions"),
        ("mistral-embeddings", "POST", "/mistral/v1/embeddings"),
        ("mistral-models", "GET, HEAD", "/mistral/v1/models"),
        ("mistral-model", "GET, HEAD", "/mistral/v1/models/{model...}"),
    ]

    /// The routes of `service` under its prefix, with its policies.
    static func routes(of options: ModelServiceOptions, policies: PolicySet) -> [Route] {
        paths.compactMap { entry in
            guard let name = RouteName(entry.name), let path = try? PathPattern(parsing: options.prefix + entry.path)
            else { return nil }
            var route = Route(name: name, path: path, methods: entry.methods.split(separator: ", ").map(String.init))
            route.hosts = options.hosts
            route.policies = policies
            route.bodyLimit = options.bodyLimit
            return route
        }
    }
}
