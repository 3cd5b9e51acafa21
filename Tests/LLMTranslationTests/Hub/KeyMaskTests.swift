import LLMTranslation
import Testing

/// Keys that providers repeat in their errors are not the caller's to see.
@Suite struct KeyMaskTests {
    @Test(arguments: [
        ("Incorrect API key provided: sk-abc***xyz. See docs", "Incorrect API key provided: sk-… See docs"),
        ("sk-proj-a_B-9", "sk-…"), ("\"sk-a1\" is 'sk-b2', (sk-c3) <sk-d4>", "\"sk-…\" is 'sk-…', (sk-…) <sk-…>"),
        ("https://x.test/v1?key=AIzaSyA1&alt=sse", "https://x.test/v1?key=…&alt=sse"),
        ("bad key=sk-abcdef1234 here", "bad key=… here"), ("API_KEY=\"s3cret\"!", "API_KEY=\"…\"!"),
        ("The key AIzaSyD-9_x was revoked", "The key AIza… was revoked"),
        ("Authorization: Bearer abc.DEF-1, again", "Authorization: Bearer …, again"),
        ("bearer  \"sk-abc\"", "bearer  \"…\""), ("Bearer abcdefghijklmnopqr", "Bearer …"), ("sk-ab…yz no", "sk-… no"),
        ("ключ sk-ab1 плохой 👋🏽", "ключ sk-… плохой 👋🏽"), ("sk-a sk-b\nsk-c", "sk-… sk-…\nsk-…"),
    ])
    func `what looks like a key is masked`(text: String, masked: String) {
        #expect(KeyMask.masked(text) == masked)
        #expect(KeyMask.masked(masked) == masked)
    }

    @Test(arguments: [
        "", "No task-force at risk-1, disk-2.", "Use a Bearer token. Bearer authentication: needed", "key= ", "key",
        "sk-",
        "forbearer a1b2", "The key is missing.", "AIza", "xAIzaB", "Grüße 漢字 👋🏽", "Bearer", "Bearer ", "sk- a",
    ])
    func `other text stays as it is`(text: String) {
        #expect(KeyMask.masked(text) == text)
    }

    @Test func `a long text of marks is read once`() {
        let text = String(repeating: "key=", count: 200_000)
        #expect(KeyMask.masked(text) == "key=…")
    }

    private static let dialects: [any Dialect.Type] = [
        OpenAIChatDialect.self, OpenAICompletionsDialect.self, OpenAIResponsesDialect.self, AnthropicDialect.self,
        MistralDialect.self, GeminiDialect.self, OllamaDialect.self, OllamaGenerateDialect.self,
    ]

    @Test(arguments: dialects)
    func `no dialect shows a key that a provider repeats`(dialect: any Dialect.Type) {
        let words = "Bad key sk-abc1, key=sk-abc2, AIzaSyabc3 and Bearer abc4."
        for body in [
            #"{"error":{"message":"\#(words)"}}"#, #"{"error":"\#(words)"}"#, #"{"message":"\#(words)"}"#, words,
        ] {
            let message = dialect.failure(status: 400, body: Array(body.utf8)) { _ in nil }.message
            #expect(!message.contains("abc"), "\(body)")
        }
    }

    @Test(
        arguments: [
            (OpenAIChatDialect.self, "data: {\"error\":{\"message\":\"sk-abc1\"}}\n\n"),
            (OpenAIResponsesDialect.self, "data: {\"type\":\"error\",\"message\":\"sk-abc1\"}\n\n"),
            (AnthropicDialect.self, "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"sk-abc1\"}}\n\n"),
            (MistralDialect.self, "data: {\"object\":\"error\",\"message\":\"sk-abc1\"}\n\n"),
            (GeminiDialect.self, "data: {\"error\":{\"message\":\"sk-abc1\"}}\n\n"),
            (OllamaDialect.self, "{\"error\":\"sk-abc1\"}\n"),
        ] as [(any Dialect.Type, String)]
    )
    func `nor within a stream`(dialect: any Dialect.Type, stream: String) {
        guard case .failed(let failure)? = SpokeTesting.events(dialect.makeReader(), stream).last else {
            Issue.record("no failure")
            return
        }
        #expect(failure.message == "sk-…")
    }
}
