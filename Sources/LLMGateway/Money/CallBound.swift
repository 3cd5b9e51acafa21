import Catalog
import HTTPSemantics
import LLMTranslation

/// The most that a call can use, whatever the provider counts: bytes of input as tokens, pictures at the vendor's maximum,
/// output as asked for or as the model's limit says, once for each answer (contract §6).
struct CallBound {
    /// Bytes of input that are read as they are.
    private var bytes: Int
    /// Pictures, which vendors count by their size.
    private var pictures = 0
    /// Whether something is only referred to, or a file of pages, so that nobody here knows how long it is.
    private var hasReferences = false
    /// Output tokens asked for at most, for each answer; `nil` where the request sets no limit.
    private var output: Int?
    /// What the gateway asks for where the request sets no limit.
    private var cap: OutputCap?
    /// A prompt, of which each target is told as much as its dialect needs.
    private var prompt: PromptTask?
    /// A conversation, which may need a tool for the form of its answer.
    private var conversation: ConversationTask?
    /// Answers asked for.
    private var answers = 1

    /// The bound of what a client sent.
    ///
    /// - Throws: ``MalformedRequest`` for what cannot be read, of which nobody knows what it may cost.
    init(
        _ task: any ModelTask,
        bodySize: Int,
        _ targets: [ModelTargetPlan] = []
    ) throws(MalformedRequest) {
        bytes = bodySize
        cap = (task as? ConversationTask)?.cap
        if let prompt = task as? PromptTask {
            self.prompt = prompt
            return
        }
        guard let task = task as? ConversationTask else {
            output = task is EmbeddingTask ? 0 : nil
            hasReferences = (task as? EmbeddingTask)?.holdsMedia ?? false
            return
        }
        self.conversation = task
        try Self.checkIsWaitedFor(task)
        if let limits = task.plainLimits {
            output = limits.output
            answers = limits.answers
            return
        }
        let written = try task.writtenSize()
        let read: (conversation: Conversation, losses: [Loss])
        do throws(MalformedRequest) {
            read = try task.conversation()
        } catch {
            // What cannot be translated is passed on all the same, where nobody has to translate it.
            guard !targets.isEmpty, targets.allSatisfy(task.isPassedOn) else { throw error }
            hasReferences = true
            output = written.isEndless ? nil : written.output
            answers = min(written.answers, 1 << 20)
            return
        }
        let (conversation, losses) = read
        hasReferences = Fetching.mayHappen(in: conversation, losses)
        for part in conversation.turns.flatMap(\.parts) { add(part) }
        // Servers differ in which of several limits they read.
        output =
            written.isEndless ? nil : [conversation.sampling.maximumOutput, written.output].compactMap { $0 }.max()
        answers = min(max(conversation.choices, written.answers), 1 << 20)
    }

    /// What the vendor goes on with once it has answered is never counted to the gateway.
    private static func checkIsWaitedFor(_ task: ConversationTask) throws(MalformedRequest) {
        guard task.isInBackground else { return }
        throw MalformedRequest(
            "background",
            "Under a budget or quota a call cannot go on in the background, where nobody counts it; leave background out."
        )
    }

    private mutating func add(_ part: Part) {
        switch part {
        case .image(let media):
            pictures += 1
            if case .base64(_, let data) = media.source { bytes = max(0, bytes - data.utf8.count) }
        case .audio(let media):
            if case .base64 = media.source { return }
            hasReferences = true
        case .document(let media):
            // Vendors count the pages of a file, of which a few bytes can hold hundreds.
            if case .base64(let type, _) = media.source, type.hasPrefix("text/") { return }
            hasReferences = true
        case .toolResult(let result): for part in result.content { add(part) }
        case .text, .toolCall, .reasoning, .refusal: break
        }
    }

    /// Tokens that a vendor counts for one picture at most; where servers of many makers speak its dialect, OpenAI's
    /// smallest models, which count the most (2,833 and 5,667 for each of eight tiles).
    private static func picture(of vendor: Vendor) -> Int { vendor == .anthropic ? 5_000 : 50_000 }

    /// Tokens at most of a tool that stands for the form of the answer, beside its schema: its description, and what
    /// Anthropic tells its models of tools.
    private static let tool = 800

    /// Whether a target gets a tool for the form of the answer; only its kind of model costs the reading.
    private func isFormed(for target: ModelTargetPlan) -> Bool {
        let profile = ProviderProfile(isVendorItself: target.provider.isVendorItself)
        guard let conversation, target.provider.vendor == .anthropic,
            !conversation.isPassedOn(to: target), var asked = try? conversation.conversation().conversation
        else {
            return false
        }
        var losses: [Loss] = []
        asked.model = target.model
        return AnswerTool(in: &asked, for: target.provider.vendor, profile, losses: &losses) != nil
    }

    /// Input tokens of a call of a target; `nil` where something is referred to and the model's context is not known.
    func input(of target: ModelTargetPlan) -> Int? {
        let told = try? prompt?.request(for: target)
        let forForm = told?.shape.tool != nil || isFormed(for: target) ? Self.tool : 0
        let counted = (told?.body.count ?? bytes) + forForm + pictures * Self.picture(of: target.provider.vendor)
        guard hasReferences else { return counted }
        return target.limits.context.map { max($0, counted) }
    }

    /// Output tokens of a call of a target, all answers together; `nil` where nobody sets a limit.
    func output(of target: ModelTargetPlan) -> Int? {
        let asked = output ?? prompt?.maximumOutput(for: target) ?? cap?.limit(for: target)
        guard let each = asked ?? target.limits.output else { return nil }
        let (all, overflow) = each.multipliedReportingOverflow(by: answers)
        return overflow ? .max : all
    }

    /// Both together.
    static func sum(_ input: Int, _ output: Int) -> Int64 {
        let (sum, overflow) = input.addingReportingOverflow(output)
        return overflow ? .max : Int64(clamping: sum)
    }
}
