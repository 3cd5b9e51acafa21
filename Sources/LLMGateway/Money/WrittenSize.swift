import HTTPSemantics
import LLMTranslation

/// How much output a request asks for, by whatever of its numbers a server may go by: passed on untouched, some servers read
/// what others do not.
struct WrittenSize {
    /// The largest limit of one answer; `nil` where none is set.
    private(set) var output: Int?
    /// Whether one of its limits means that there is none: no number below one ends an answer, neither of llama.cpp's
    /// `n_predict`, which that reads before all others, nor of Ollama's `num_predict`, nor of what both take for `max_tokens`.
    private(set) var isEndless = false
    /// Answers that are generated, shown or not, for all prompts together; at least 1.
    private(set) var answers = 1

    /// Reads the numbers.
    ///
    /// - Throws: ``MalformedRequest`` that names one which is not a whole number: servers take texts and fractions too, each
    ///   in its own way.
    init(_ format: WireFormat, _ outline: JSONOutline, _ body: [UInt8]) throws(MalformedRequest) {
        let value = { (name: StaticString) in outline.value(name, in: body) }
        switch format {
        case .gemini:
            // Servers of Google's take both spellings of each name.
            for section in ["generationConfig", "generation_config"] as [StaticString] {
                let object = value(section)
                for name in ["maxOutputTokens", "max_output_tokens"] {
                    try limit(object?[name], "\(section).\(name)")
                }
                for name in ["candidateCount", "candidate_count"] { try count(object?[name], "\(section).\(name)") }
            }
        case .ollamaChat, .ollamaGenerate: try limit(value("options")?["num_predict"], "options.num_predict")
        default:
            for name in Self.limits { try limit(value(name), name.description) }
            for name in Self.counts { try count(value(name), name.description) }
            guard format == .openAICompletions else { return }
            let (all, overflow) = answers.multipliedReportingOverflow(by: Self.prompts(value("prompt")))
            answers = overflow ? .max : all
        }
    }

    private static let limits: [StaticString] = [
        "max_tokens", "max_completion_tokens", "max_output_tokens", "n_predict",
    ]
    private static let counts: [StaticString] = ["n", "best_of"]

    private mutating func limit(_ value: JSONValue?, _ field: String) throws(MalformedRequest) {
        guard let number = try Self.whole(value, field) else { return }
        if number < 1 { isEndless = true } else { output = max(output ?? 0, number) }
    }

    private mutating func count(_ value: JSONValue?, _ field: String) throws(MalformedRequest) {
        answers = max(answers, try Self.whole(value, field) ?? 1)
    }

    private static func whole(_ value: JSONValue?, _ field: String) throws(MalformedRequest) -> Int? {
        guard let value, value != .null else { return nil }
        if let number = value.integer { return number }
        throw MalformedRequest(
            field,
            "Under a budget or quota \(field) must be a whole number: write digits, without quotation marks or a fraction."
        )
    }

    /// Prompts in a list; a list of numbers is one prompt in tokens.
    private static func prompts(_ value: JSONValue?) -> Int {
        guard let list = value?.array, let first = list.first else { return 1 }
        if case .number = first { return 1 }
        return max(1, list.count)
    }
}
