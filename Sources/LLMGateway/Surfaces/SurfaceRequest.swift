import HTTPSemantics
import LLMTranslation

/// What a request's path, and a few of its fields, say before its body is read.
struct SurfaceRequest {
    /// What is asked for.
    var operation: SurfaceOperation
    /// The model, where the path names it.
    var model: String?
    /// Whether the answer should come in pieces, where the path says so.
    var streams: Bool?
    /// The query's parts that are nothing to the gateway, for a provider of the same dialect; empty or `a=b&c`.
    var query = ""
    /// Whether the client called Gemini without «beta».
    var isStable = false
    /// Whether a stream of Gemini's comes as server-sent events rather than as a JSON array.
    var wantsEvents = true

    /// Reads a path, without the service's prefix, as the route that took it means it.
    ///
    /// The paths are those of contract §6. `field` looks up header fields of the request.
    init(path: String, method: String, query: String?, field: (String) -> String?) {
        let ofMistral = path.hasPrefix("/mistral/")
        let path = ofMistral ? Self.rest(of: path, behind: "/mistral") : path
        if path.hasPrefix("/api/") {
            operation = Self.ollama(Self.rest(of: path, behind: "/api/"))
        } else if path.hasPrefix("/v1beta/") {
            self = Self.gemini(Self.rest(of: path, behind: "/v1beta/"), method: method, query: query)
        } else if !ofMistral, path.hasPrefix("/v1/models"), Self.isGoogle(field) || Self.isCall(path, method) {
            // Newer clients of Google's leave the «beta» out.
            self = Self.gemini(Self.rest(of: path, behind: "/v1/"), method: method, query: query)
            isStable = true
        } else {
            let isMistral = ofMistral || Self.isMistral(field("user-agent"))
            self = Self.versioned(Self.rest(of: path, behind: "/v1/"), isMistral: isMistral, field: field)
        }
        // A tail of nothing brings the path of the list to the route of calls.
        switch operation {
        case .listModels(let family), .showModel(let family):
            if method == "POST", family != .ollama { operation = .unknown(family, "POST \(path)") }
        default: break
        }
        // Of Google's parameters none is for generating, and some change who pays or what is told of it.
        guard let query, !query.isEmpty, operation.family != .gemini else { return }
        // By the names that they have once they are decoded: a key must not get through under another spelling.
        let parts = query.split(separator: "&").filter { part in
            !Self.notPassedOn.contains(Self.decoded(part.prefix { $0 != "=" }))
        }
        self.query = parts.joined(separator: "&")
    }

    /// Where clients put keys, and what servers of Google's take for all APIs: other framings, parts of answers.
    private static let notPassedOn: Set = [
        "key", "$key", "api_key", "api-key", "access_token", "oauth_token", "alt", "$alt", "fields", "$fields",
        "callback",
        "$callback", "$.xgafv", "$xgafv", "quotaUser", "userIp", "uploadType", "upload_protocol", "prettyPrint",
        "$prettyPrint",
    ]

    /// What is left of a path without its beginning, by bytes: this is done for every call.
    private static func rest(of path: String, behind beginning: String) -> String {
        String(Substring(path.utf8.dropFirst(beginning.utf8.count)))
    }

    /// A name in a path, as it was meant: SDKs write the slash in one as `%2F`.
    private static func decoded(_ text: Substring) -> String {
        String(decoding: PercentEncoding.decoded(Array(text.utf8)), as: UTF8.self)
    }

    private static func value(of name: String, in query: some StringProtocol) -> String? {
        QueryString.value(of: Array(name.utf8), in: Array(query.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A request for something that no path needs to be read for.
    init(_ operation: SurfaceOperation, model: String? = nil, streams: Bool? = nil) {
        self.operation = operation
        self.model = model
        self.streams = streams
    }

    /// The official client of Mistral says `mistral-client-python/1.2.3`.
    private static func isMistral(_ agent: String?) -> Bool {
        guard let agent else { return false }
        return agent.utf8.prefix(7).elementsEqual("mistral".utf8) { $0 | 0x20 == $1 }
    }

    /// Whether a path below `/v1/models` ends in a verb behind a colon, as Google's calls do.
    private static func isCall(_ path: String, _ method: String) -> Bool {
        method == "POST" && path.utf8.contains(0x3A)
    }

    private static func isGoogle(_ field: (String) -> String?) -> Bool {
        field("x-goog-api-key") != nil || field("x-goog-api-client") != nil
    }

    private static func versioned(
        _ rest: String,
        isMistral: Bool,
        field: (String) -> String?
    ) -> SurfaceRequest {
        let family: Vendor = isMistral ? .mistral : .openai
        switch rest {
        case "chat/completions": return Self(.converse(isMistral ? .mistralChat : .openAIChat))
        case "responses": return Self(.converse(.openAIResponses))
        case "completions": return Self(.converse(.openAICompletions))
        case "embeddings": return Self(.embed(family))
        case "messages": return Self(.converse(.anthropicMessages))
        case "messages/count_tokens": return Self(.count(.anthropic))
        case "responses/input_tokens": return Self(.count(.openai))
        default: break
        }
        let lister: Vendor = isMistral || field("anthropic-version") == nil ? family : .anthropic
        if rest == "models" { return Self(.listModels(lister)) }
        if rest.hasPrefix("models/") {
            return Self(.showModel(lister), model: decoded(rest.dropFirst("models/".count)))
        }
        return Self(.unknown(family, "/v1/\(rest)"))
    }

    private static func ollama(_ rest: String) -> SurfaceOperation {
        switch rest {
        case "chat": .converse(.ollamaChat)
        case "generate": .converse(.ollamaGenerate)
        case "embed": .embed(.ollama)
        case "tags": .listModels(.ollama)
        case "show": .showModel(.ollama)
        case "version": .version
        default: .unknown(.ollama, "/api/\(rest)")
        }
    }

    private static func gemini(_ rest: String, method: String, query: String?) -> SurfaceRequest {
        guard rest.hasPrefix("models") else { return Self(.unknown(.gemini, "/v1beta/\(rest)")) }
        let name = rest.dropFirst("models".count)
        if name.isEmpty { return Self(.listModels(.gemini)) }
        let call = name.dropFirst()
        if method != "POST" { return Self(.showModel(.gemini), model: decoded(call)) }
        guard let colon = call.lastIndex(of: ":") else { return Self(.unknown(.gemini, "/v1beta/\(rest)")) }
        let model = decoded(call[..<colon])
        switch call[call.index(after: colon)...] {
        case "generateContent": return Self(.converse(.gemini), model: model, streams: false)
        case "streamGenerateContent":
            var request = Self(.converse(.gemini), model: model, streams: true)
            request.wantsEvents = query.flatMap { Self.value(of: "alt", in: $0) } == "sse"
            return request
        case "countTokens": return Self(.count(.gemini), model: model)
        case "embedContent", "batchEmbedContents": return Self(.embed(.gemini), model: model)
        case let verb: return Self(.unknown(.gemini, ":\(verb)"))
        }
    }
}
