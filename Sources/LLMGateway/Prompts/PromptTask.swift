import Catalog
import HTTPSemantics
import JSONSchemaChecking
import LLMTranslation

/// A prompt whose holes a small request fills, to be answered by a model.
final class PromptTask: ModelTask {
    private let plan: PromptPlan
    private let conversation: Conversation
    private let cap: OutputCap?

    var model: String { plan.policy.model.text }
    var answersInWords: Bool { true }

    /// A prompt with what a client sent.
    ///
    /// - Throws: ``MalformedRequest`` that names the variable at fault.
    init(_ plan: PromptPlan, _ body: [UInt8], cap: OutputCap?) throws(MalformedRequest) {
        self.plan = plan
        self.cap = cap
        let values = try PromptValues(plan.policy.variables, body)
        var conversation = Conversation(model: plan.policy.model.text)
        for message in plan.policy.template {
            conversation.turns.append(Turn(Self.role(message.role), text: values.fill(message)))
        }
        if let form = plan.form { conversation.output = .schema(OutputSchema(name: "answer", schema: form.schema)) }
        if let text = plan.policy.temperature, case .number(let number)? = try? JSONParser.parse(Array(text.utf8)) {
            conversation.sampling.temperature = number
        }
        self.conversation = conversation
    }

    private static func role(_ role: PromptMessage.Role) -> Turn.Role {
        switch role {
        case .system: .system
        case .user: .user
        case .assistant: .assistant
        }
    }

    /// The most output tokens for a target; `nil` leaves it to the model.
    func maximumOutput(for target: ModelTargetPlan) -> Int? {
        guard let own = plan.policy.maxOutput else { return cap?.limit(for: target) }
        return min(own, cap?.limit ?? own)
    }

    func request(for target: ModelTargetPlan) throws(MalformedRequest) -> ProviderRequest {
        var conversation = conversation
        conversation.sampling.maximumOutput = maximumOutput(for: target)
        return try ProviderRequest(translating: conversation, for: target)
    }

    func answer(_ body: [UInt8], to request: ProviderRequest) throws(MalformedAnswer) -> TaskAnswer {
        guard let object = (try? JSONParser.parse(answer: body))?.object, let format = request.format else {
            throw MalformedAnswer("it is not a JSON object")
        }
        let completion = request.shape.completion(try format.dialect.completion(of: object))
        guard let choice = completion.choices.first else { throw MalformedAnswer("it has no choices") }
        var answer = TaskAnswer(body: [], usage: completion.usage)
        if let refusal = Self.refusal(in: choice) {
            answer.failure = refusal
        } else {
            say(Turn(.assistant, choice.parts).text, choice.stop, in: &answer)
        }
        return answer
    }

    private static func refusal(in choice: Completion.Choice) -> ModelFailure? {
        for case .refusal(let text) in choice.parts {
            return ModelFailure(.server, "The model refused: \(text.prefix(500))", code: "refused")
        }
        guard case .filtered = choice.stop else { return nil }
        return ModelFailure(.server, "The model's vendor withheld the answer.", code: "refused")
    }

    /// Writes the answer as the client gets it, or why it is not what was asked for.
    private func say(_ text: String, _ stop: StopReason, in answer: inout TaskAnswer) {
        guard let form = plan.form else {
            answer.body = JSONWriter.bytes(["text": .string(text)])
            return
        }
        guard let value = try? JSONParser.parse(Array(Self.unfenced(text).utf8)) else {
            let reason = stop == .length ? "it was cut off at the most output tokens" : "it is no JSON"
            answer.failure = ModelFailure(
                .server,
                "The model's answer is not what was asked for: \(reason).",
                code: "output_mismatch"
            )
            return
        }
        answer.body = JSONWriter.bytes(value)
        let mismatches = form.check.mismatches(of: value, limit: 3).map(\.summary)
        guard !mismatches.isEmpty else { return }
        let reasons = mismatches.joined(separator: "; ")
        answer.failure = ModelFailure(
            .server,
            "The model's answer is not what was asked for: \(reasons).",
            code: "output_mismatch"
        )
    }

    /// The text without the fence of three backticks that some models put around JSON.
    private static func unfenced(_ text: String) -> Substring {
        var lines = text.split(whereSeparator: \.isNewline)[...]
        guard lines.count > 2, lines.first?.hasPrefix("```") == true, lines.last == "```" else { return text[...] }
        lines = lines.dropFirst().dropLast()
        guard let start = lines.first?.startIndex, let end = lines.last?.endIndex else { return text[...] }
        return text[start..<end]
    }
}
