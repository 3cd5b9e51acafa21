import LLMTranslation
import Testing

@testable import LLMGateway

/// What is read of paths at the edges, of clients' names and of queries.
@Suite struct SurfacePathsTests {
    private func read(
        _ path: String,
        _ method: String = "POST",
        query: String? = nil,
        agent: String? = nil
    ) -> SurfaceRequest {
        SurfaceRequest(path: path, method: method, query: query) { $0 == "user-agent" ? agent : nil }
    }

    // MARK: Paths

    @Test(arguments: [
        ("/", SurfaceOperation.unknown(.openai, "/v1/")), ("/v1", .unknown(.openai, "/v1/")),
        ("/v1/", .unknown(.openai, "/v1/")), ("", .unknown(.openai, "/v1/")),
        ("/v1/chat", .unknown(.openai, "/v1/chat")),
        ("/v1/chat/completions/", .unknown(.openai, "/v1/chat/completions/")),
        ("/v1/Chat/completions", .unknown(.openai, "/v1/Chat/completions")),
        ("/mistral/", .unknown(.mistral, "/v1/")), ("/mistral/v1/", .unknown(.mistral, "/v1/")),
        ("/mistral/v1", .unknown(.mistral, "/v1/")),
        ("/mistral/v1/chat/completions", .converse(.mistralChat)), ("/mistral/v1/embeddings", .embed(.mistral)),
        ("/mistral/api/chat", .converse(.ollamaChat)),
        ("/mistral/v1beta/models/x:generateContent", .converse(.gemini)),
        ("/api/", .unknown(.ollama, "/api/")), ("/api/chat/", .unknown(.ollama, "/api/chat/")),
        ("/v1beta/", .unknown(.gemini, "/v1beta/")), ("/v1beta/x", .unknown(.gemini, "/v1beta/x")),
        ("/v1beta/models/x", .unknown(.gemini, "/v1beta/models/x")), ("/v1beta/models/x:", .unknown(.gemini, ":")),
        ("/v1beta/models/x:y", .unknown(.gemini, ":y")),
        ("/v1beta/models/x:generateContent/", .unknown(.gemini, ":generateContent/")),
        ("/v1beta/models/x:GenerateContent", .unknown(.gemini, ":GenerateContent")),
        ("/v1/é", .unknown(.openai, "/v1/é")),
    ])
    func `a path at the edge is its surface's, or nobody's`(path: String, operation: SurfaceOperation) {
        let request = read(path)
        #expect(request.operation == operation && request.query.isEmpty && !request.isStable)
    }

    @Test(arguments: [
        ("x", "x"), ("a/b", "a/b"), ("llama3.2:3b", "llama3.2:3b"), ("é:1", "é:1"), (":", ":"), ("x:", "x:"),
    ])
    func `Gemini's last colon parts model and verb`(name: String, model: String) {
        for (verb, operation, streams): (String, SurfaceOperation, Bool?) in [
            ("generateContent", .converse(.gemini), false), ("streamGenerateContent", .converse(.gemini), true),
            ("countTokens", .count(.gemini), nil), ("embedContent", .embed(.gemini), nil),
            ("batchEmbedContents", .embed(.gemini), nil),
        ] {
            for (path, isStable) in [
                ("/v1beta/models/", false), ("/v1/models/", true), ("/mistral/v1beta/models/", false),
            ] {
                let request = read("\(path)\(name):\(verb)")
                #expect(request.operation == operation && request.model == model && request.streams == streams)
                #expect(request.isStable == isStable)
            }
        }
    }

    @Test(arguments: [
        ("GET", "/v1/models", SurfaceOperation.listModels(.openai), nil, false),
        ("GET", "/v1/models/x", .showModel(.openai), "x", false),
        ("GET", "/v1/models/x:generateContent", .showModel(.openai), "x:generateContent", false),
        ("GET", "/v1/models/", .showModel(.openai), "", false),
        ("POST", "/v1/models", .unknown(.openai, "POST /v1/models"), nil, false),
        ("POST", "/v1beta/models", .unknown(.gemini, "POST /v1beta/models"), nil, false),
        ("POST", "/v1/models/x:countTokens", .count(.gemini), "x", true),
        ("POST", "/v1/models/x", .unknown(.openai, "POST /v1/models/x"), "x", false),
        ("GET", "/v1beta/models", .listModels(.gemini), nil, false),
        ("GET", "/v1beta/models/x", .showModel(.gemini), "x", false),
        ("GET", "/v1beta/models/x:countTokens", .showModel(.gemini), "x:countTokens", false),
        ("GET", "/mistral/v1/models", .listModels(.mistral), nil, false),
        ("GET", "/mistral/v1/models/a/b", .showModel(.mistral), "a/b", false),
    ])
    func `models are listed, shown and called by the method`(
        method: String,
        path: String,
        operation: SurfaceOperation,
        model: String?,
        isStable: Bool
    ) {
        let request = read(path, method)
        #expect(request.operation == operation && request.model == model && request.isStable == isStable)
    }

    // MARK: Clients

    @Test(arguments: [
        ("mistra", false), ("MISTRAL", true), ("mistral", true), ("mIsTrAl", true), ("mistral-client-python/1", true),
        ("mistralé", true), (" mistral", false), ("mistrak", false), ("M\u{49}STRA\u{4C}", true),
        ("\u{D}istral", false),
        ("", false), (nil, false),
    ])
    func `Mistral's client is known by the first seven letters of its name`(agent: String?, isMistral: Bool) {
        #expect(
            read("/v1/chat/completions", agent: agent).operation == .converse(isMistral ? .mistralChat : .openAIChat)
        )
        #expect(read("/v1/embeddings", agent: agent).operation == .embed(isMistral ? .mistral : .openai))
        #expect(read("/v1/x", agent: agent).operation == .unknown(isMistral ? .mistral : .openai, "/v1/x"))
        #expect(read("/v1/models", "GET", agent: agent).operation == .listModels(isMistral ? .mistral : .openai))
    }

    // MARK: Queries

    @Test(arguments: [
        (nil, ""), ("", ""), ("key=1&alt=sse&a=b", "a=b"), ("a=b&key=1", "a=b"), ("key=1", ""), ("key", ""),
        ("key=", ""),
        ("key=1&key=2", ""), ("%6Bey=1&a=b", "a=b"), ("%6bey=1", ""), ("k%65y=1", ""), ("ke%79=1&c", "c"),
        ("%6B%65%79=1", ""), ("%6b%65%79", ""), ("%61lt=sse&a=b", "a=b"), ("a%6Ct=json", ""),
        ("keys=1&okey=2&Key=3", "keys=1&okey=2&Key=3"), ("%256Bey=1", "%256Bey=1"), ("key%3D1", "key%3D1"),
        ("a=key=1", "a=key=1"), ("a=b&&c=d&", "a=b&c=d"), ("&", ""), ("=1", "=1"), ("a=%6B", "a=%6B"),
        ("ke%7=1", "ke%7=1"),
        ("é=1&key=é", "é=1"), ("fields=a&b=c", "b=c"), ("%24alt=json&%66ields=x", ""), ("callback=f&$callback=g", ""),
    ])
    func `a key and the form of the answer go no further, however they are spelt`(query: String?, wanted: String) {
        for path in ["/v1/messages", "/v1/chat/completions", "/api/chat"] {
            #expect(read(path, query: query).query == wanted)
        }
        for path in ["/v1beta/models/x:generateContent", "/v1/models/x:embedContent"] {
            #expect(read(path, query: query).query.isEmpty)
        }
    }

    @Test(arguments: [
        (nil, false), ("", false), ("alt=sse", true), ("%61lt=sse", true), ("alt=%73se", true), ("alt=SSE", false),
        ("alt", false), ("alt=", false), ("ALT=sse", false), ("a=b&alt=sse&key=1", true), ("alt=json&alt=sse", false),
        ("alt=sse&alt=json", true), ("x=alt=sse", false),
    ])
    func `a stream of Gemini's comes in events where its query says so`(query: String?, wantsEvents: Bool) {
        for path in ["/v1beta/models/x:streamGenerateContent", "/v1/models/x:streamGenerateContent"] {
            #expect(read(path, query: query).wantsEvents == wantsEvents)
        }
    }
}
