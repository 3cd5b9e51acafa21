import Server

/// A vendor of models in the demonstration: the sample that stands in for it, or the vendor itself where its key is in the
/// environment.
struct SampleProvider {
    /// Its name, which is its dialect too.
    let name: String
    /// The model that clients ask for.
    let alias: String
    /// The vendor's name for a model.
    let model: String
    /// The variable that holds a key for the vendor itself; `nil` for Ollama, which has none.
    let variable: String?
    /// The vendor's own address.
    let home: String
    /// Where the sample stands in for it.
    let path: String

    /// The five vendors.
    static let all = [
        SampleProvider(
            name: "openai",
            alias: "fast",
            model: "gpt-4o-mini",
            variable: "OPENAI_API_KEY",
            home: "https://api.openai.com/v1",
            path: "/openai/v1"
        ),
        SampleProvider(
            name: "anthropic",
            alias: "claude",
            model: "claude-haiku-4-5",
            variable: "ANTHROPIC_API_KEY",
            home: "https://api.anthropic.com",
            path: "/anthropic"
        ),
        SampleProvider(
            name: "gemini",
            alias: "gemini",
            model: "gemini-2.5-flash",
            variable: "GEMINI_API_KEY",
            home: "https://generativelanguage.googleapis.com",
            path: "/gemini"
        ),
        SampleProvider(
            name: "mistral",
            alias: "mistral",
            model: "mistral-small-latest",
            variable: "MISTRAL_API_KEY",
            home: "https://api.mistral.ai/v1",
            path: "/mistral/v1"
        ),
        SampleProvider(name: "ollama", alias: "llama", model: "llama3.2", variable: nil, home: "", path: "/ollama"),
    ]

    /// The variable that has it call the real vendor, at a cost, if that is set.
    func payingVariable(_ has: (String) -> Bool) -> String? { variable.flatMap { has($0) ? $0 : nil } }

    /// Its entry in the configuration; `has` says whether a variable is set.
    func entry(at sample: Endpoint, has: (String) -> Bool) -> String {
        if let variable, has(variable) {
            return "\(name): { dialect: \(name), url: \"\(home)\", keys: [ { value: \"${\(variable)}\" } ] }"
        }
        let keys = variable == nil ? "" : ", keys: [ { value: \"demo-key-of-\(name)\" } ]"
        return "\(name): { dialect: \(name), url: \"http://\(sample.authority)\(path)\"\(keys) }"
    }

    /// The entry of the provider that always is the sample: the tour must not cost anything.
    func sampleEntry(at sample: Endpoint) -> String { "sample-" + entry(at: sample, has: { _ in false }) }
}
