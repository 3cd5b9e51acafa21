package import LLMTranslation

/// What a request on a vendor's path asks for.
package enum SurfaceOperation: Sendable, Equatable {
    /// A conversation to be continued.
    case converse(WireFormat)
    /// Vectors of texts.
    case embed(Vendor)
    /// The tokens of a conversation.
    case count(Vendor)
    /// The answer of a prompt that is an API of its own.
    case prompt
    /// The list of models.
    case listModels(Vendor)
    /// One model.
    case showModel(Vendor)
    /// The version of the server (Ollama).
    case version
    /// Something this surface does not have; the text names what was asked.
    case unknown(Vendor, String)

    /// Whose clients ask this.
    package var family: Vendor {
        switch self {
        case .converse(let format): format.vendor
        case .embed(let vendor), .count(let vendor), .listModels(let vendor), .showModel(let vendor): vendor
        case .unknown(let vendor, _): vendor
        case .version: .ollama
        case .prompt: .openai
        }
    }

    /// The operation's name by the semantic conventions of OpenTelemetry for generative models.
    package var name: String {
        switch self {
        case .converse(.openAICompletions), .converse(.ollamaGenerate): "text_completion"
        case .converse(.gemini): "generate_content"
        case .converse, .prompt: "chat"
        case .embed: "embeddings"
        case .count: "count_tokens"
        case .listModels, .showModel, .version, .unknown: "list_models"
        }
    }

    /// The surface's name in the ledger.
    package var surface: String {
        switch self {
        case .converse(let format): format.rawValue
        case .prompt: "prompt"
        default: "\(family.rawValue)-\(name)"
        }
    }
}
