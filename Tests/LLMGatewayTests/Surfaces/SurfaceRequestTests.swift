import LLMTranslation
import Testing

@testable import LLMGateway

/// What paths and header fields say of a request, path by path of the contract.
@Suite struct SurfaceRequestTests {
    private func read(
        _ path: String,
        _ method: String = "POST",
        query: String? = nil,
        fields: [String: String] = [:]
    ) -> SurfaceRequest {
        SurfaceRequest(path: path, method: method, query: query) { fields[$0] }
    }

    @Test(arguments: [
        ("POST", "/v1/chat/completions", SurfaceOperation.converse(.openAIChat)),
        ("POST", "/v1/responses", .converse(.openAIResponses)),
        ("POST", "/v1/completions", .converse(.openAICompletions)),
        ("POST", "/v1/embeddings", .embed(.openai)), ("POST", "/v1/responses/input_tokens", .count(.openai)),
        ("GET", "/v1/models", .listModels(.openai)), ("GET", "/v1/models/fast", .showModel(.openai)),
        ("POST", "/v1/messages", .converse(.anthropicMessages)),
        ("POST", "/v1/messages/count_tokens", .count(.anthropic)),
        ("GET", "/v1beta/models", .listModels(.gemini)), ("GET", "/v1beta/models/fast", .showModel(.gemini)),
        ("POST", "/v1beta/models/fast:generateContent", .converse(.gemini)),
        ("POST", "/v1beta/models/fast:streamGenerateContent", .converse(.gemini)),
        ("POST", "/v1beta/models/fast:countTokens", .count(.gemini)),
        ("POST", "/v1beta/models/fast:embedContent", .embed(.gemini)),
        ("POST", "/v1beta/models/fast:batchEmbedContents", .embed(.gemini)),
        ("POST", "/api/chat", .converse(.ollamaChat)), ("POST", "/api/generate", .converse(.ollamaGenerate)),
        ("POST", "/api/embed", .embed(.ollama)), ("GET", "/api/tags", .listModels(.ollama)),
        ("POST", "/api/show", .showModel(.ollama)), ("GET", "/api/version", .version),
        ("POST", "/mistral/v1/chat/completions", .converse(.mistralChat)),
        ("POST", "/mistral/v1/embeddings", .embed(.mistral)), ("GET", "/mistral/v1/models", .listModels(.mistral)),
        ("GET", "/mistral/v1/models/fast", .showModel(.mistral)),
    ])
    func `every path of the contract is understood`(method: String, path: String, operation: SurfaceOperation) {
        #expect(read(path, method).operation == operation)
    }

    @Test(arguments: [
        ("/v1/audio/speech", Vendor.openai), ("/v1/modelsX", .openai), ("/api/pull", .ollama),
        ("/v1beta/files", .gemini), ("/v1beta/models/fast:predict", .gemini), ("/v1beta/models/fast", .gemini),
        ("/mistral/v1/fim/completions", .mistral),
    ])
    func `what a surface does not have is refused in its vendor's words`(path: String, family: Vendor) {
        let method = path == "/v1/modelsX" ? "GET" : "POST"
        guard case .unknown(family, _) = read(path, method).operation else {
            Issue.record("\(path) is read as \(read(path, method).operation)")
            return
        }
    }

    @Test(arguments: ["mistral-client-python/1.2.3", "Mistral-Client-TypeScript/1", "mistralai"])
    func `Mistral's client is known by its name`(agent: String) {
        let fields = ["user-agent": agent]
        #expect(read("/v1/chat/completions", fields: fields).operation == .converse(.mistralChat))
        #expect(read("/v1/embeddings", fields: fields).operation == .embed(.mistral))
        #expect(read("/v1/models", "GET", fields: fields).operation == .listModels(.mistral))
        #expect(read("/v1/models/fast", "GET", fields: fields).operation == .showModel(.mistral))
    }

    @Test func `other clients are not taken for Mistral's`() {
        for agent in ["OpenAI/Python 1.2", "curl/8 mistral", ""] {
            #expect(read("/v1/chat/completions", fields: ["user-agent": agent]).operation == .converse(.openAIChat))
        }
    }

    @Test func `the list of models is the client's own`() {
        #expect(
            read("/v1/models", "GET", fields: ["anthropic-version": "2023-06-01"]).operation == .listModels(.anthropic)
        )
        #expect(
            read("/v1/models/a", "GET", fields: ["anthropic-version": "2023-06-01"]).operation == .showModel(.anthropic)
        )
        #expect(read("/v1/models", "GET", fields: ["x-goog-api-key": "k"]).operation == .listModels(.gemini))
        #expect(read("/v1/models/a", "GET", fields: ["x-goog-api-client": "c"]).operation == .showModel(.gemini))
        #expect(read("/v1/models", "GET").operation == .listModels(.openai))
    }

    @Test func `names of models may hold slashes and colons`() {
        #expect(read("/v1/models/openai/gpt-4o", "GET").model == "openai/gpt-4o")
        #expect(read("/v1beta/models/llama3.2:3b:generateContent").model == "llama3.2:3b")
        #expect(read("/v1beta/models/llama3.2:3b", "GET").model == "llama3.2:3b")
        #expect(read("/v1/chat/completions").model == nil)
    }

    @Test func `Gemini's verb says whether the answer comes in pieces, and its query how`() {
        let whole = read("/v1beta/models/fast:generateContent", query: "alt=sse")
        #expect(whole.streams == false && whole.wantsEvents)
        let path = "/v1beta/models/fast:streamGenerateContent"
        #expect(read(path).streams == true && !read(path).wantsEvents)
        #expect(read(path, query: "key=k&alt=sse").wantsEvents)
        #expect(read(path, query: "alt=sse&x=1").wantsEvents)
        #expect(!read(path, query: "alt=ssent").wantsEvents && !read(path, query: "salt=sse").wantsEvents)
        #expect(!read(path, query: "alt=json").wantsEvents)
    }

    @Test func `a call of Gemini without beta is Gemini's too`() {
        let request = read("/v1/models/fast:generateContent", query: "key=secret&alt=json&$prettyPrint=true&a=b")
        #expect(request.operation == .converse(.gemini) && request.model == "fast" && request.isStable)
        #expect(request.query.isEmpty)
        #expect(!read("/v1beta/models/fast:generateContent").isStable)
    }
}
