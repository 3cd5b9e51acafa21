import Catalog
import DataPlane
import LLMTranslation
import NIOCore

/// One provider, compiled: where its server is and how it is spoken to.
final class ProviderPlan: Sendable {
    /// Its name.
    let name: String
    /// Whose dialect it speaks.
    let vendor: Vendor
    /// The server.
    let target: TargetPlan
    /// Its keys, and what is known of each.
    let keys: KeyPool
    /// Whether the server is a vendor's own, which takes nothing but what it documents.
    let isVendorItself: Bool
    /// Whether the server is Google's, in whatever dialect.
    let isGoogles: Bool
    /// Put in front of every path.
    private let prefix: [UInt8]

    /// Compiles a provider; `upstream` is its compiled server, `keys` what is kept of its keys across reloads.
    init(_ provider: Provider, upstream: UpstreamPlan, keys: KeyPool) {
        name = provider.name.text
        vendor = Vendor(provider.dialect)
        target = upstream.targets[0]
        self.keys = keys
        isVendorItself = Self.homes.contains(provider.target.host)
        isGoogles = provider.target.host == ModelDialect.gemini.vendorHost
        prefix = Self.prefix(of: provider, isVendorItself)
    }

    /// What stands before every path.
    ///
    /// At their own hosts the version of OpenAI's and Mistral's may be left out; Ollama's
    /// «/api» may be there already.
    private static func prefix(of provider: Provider, _ isVendorItself: Bool) -> [UInt8] {
        let prefix = Array(provider.target.pathPrefix.utf8)
        switch provider.dialect {
        case .openai, .mistral: return isVendorItself && prefix.isEmpty ? Array("/v1".utf8) : prefix
        case .ollama: return prefix.suffix(4).elementsEqual("/api".utf8) ? prefix.dropLast(4) : prefix
        case .anthropic, .gemini: return prefix
        }
    }

    private static let homes = Set(ModelDialect.allCases.compactMap(\.vendorHost) + ["ollama.com"])

    /// Whether a request in this form goes to this provider as it is.
    func takes(_ format: WireFormat) -> Bool {
        format.vendor == vendor
    }

    /// The path of a conversation for a model, prefix included.
    ///
    /// `query` is added to it; `isStable` leaves the «beta» out of Gemini's.
    func path(
        of format: WireFormat,
        model: String,
        streams: Bool,
        query: String = "",
        isStable: Bool = false
    ) -> [UInt8] {
        let tail =
            switch format {
            case .openAIChat, .mistralChat: "/chat/completions"
            case .openAIResponses: "/responses"
            case .openAICompletions: "/completions"
            case .anthropicMessages: "/v1/messages"
            case .gemini:
                "/\(isStable ? "v1" : "v1beta")/models/\(model):"
                    + (streams ? "streamGenerateContent?alt=sse" : "generateContent")
            case .ollamaChat: "/api/chat"
            case .ollamaGenerate: "/api/generate"
            }
        guard !query.isEmpty else { return path(tail) }
        return path(tail + (tail.contains("?") ? "&" : "?") + query)
    }

    /// The path of embeddings.
    func pathOfEmbeddings(model: String, isBatch: Bool = true) -> [UInt8] {
        switch vendor {
        case .gemini: path("/v1beta/models/\(model):\(isBatch ? "batchEmbedContents" : "embedContent")")
        case .ollama: path("/api/embed")
        default: path("/embeddings")
        }
    }

    /// The path where tokens are counted.
    func pathOfCount(model: String) -> [UInt8] {
        switch vendor {
        case .gemini: path("/v1beta/models/\(model):countTokens")
        case .anthropic: path("/v1/messages/count_tokens")
        default: path("/responses/input_tokens")
        }
    }

    private func path(_ tail: String) -> [UInt8] {
        guard tail.hasPrefix("/v1") else { return prefix + tail.utf8 }
        // A base with the version in it is as good as one without.
        for version in ["/v1beta", "/v1"] where prefix.suffix(version.utf8.count).elementsEqual(version.utf8) {
            return prefix.dropLast(version.utf8.count) + tail.utf8
        }
        return prefix + tail.utf8
    }

    /// Appends the line that shows a key to the provider.
    func appendKey(_ value: String, to buffer: inout ByteBuffer) {
        switch vendor {
        case .anthropic: buffer.writeStaticString("x-api-key: ")
        case .gemini: buffer.writeStaticString("x-goog-api-key: ")
        case .openai, .mistral, .ollama: buffer.writeStaticString("Authorization: Bearer ")
        }
        buffer.writeString(value)
        buffer.writeStaticString("\r\n")
    }
}

extension Vendor {
    /// The owner of a configured dialect.
    init(_ dialect: ModelDialect) {
        switch dialect {
        case .openai: self = .openai
        case .anthropic: self = .anthropic
        case .gemini: self = .gemini
        case .mistral: self = .mistral
        case .ollama: self = .ollama
        }
    }
}
