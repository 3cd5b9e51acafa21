import Catalog
import ContentGuarding
import LLMTranslation

/// Passes an answer on in another dialect.
final class TranslatingRelay: StreamRelay {
    private var reader: any AnswerStreamReader
    private var writer: any AnswerStreamWriter
    private var guarded: GuardedEvents?
    private var events: [StreamEvent] = []
    /// What of ``StreamRelay/textBytes`` is in no event.
    private var unsaid = 0

    /// A relay from one dialect to another; `guards` are those that look at answers.
    init(reader: any AnswerStreamReader, writer: any AnswerStreamWriter, guards: ContentRules? = nil) {
        self.reader = reader
        self.writer = writer
        guarded = guards.map { GuardedEvents($0) }
    }

    override var losses: [Loss] { reader.losses }

    override var findings: [ContentFinding] { guarded?.findings ?? [] }

    override func feed(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) {
        reader.feed(bytes, into: &events)
        pass(into: &output)
    }

    override func finish(into output: inout [UInt8]) {
        reader.finish(into: &events)
        pass(into: &output)
    }

    override func fail(_ failure: ModelFailure, into output: inout [UInt8]) {
        guard self.failure == nil, !isComplete else { return }
        reader.release(into: &events)
        pass(into: &output)
        guard self.failure == nil, !isComplete else { return }
        self.failure = failure
        writer.write(.failed(failure), into: &output)
    }

    private func pass(into output: inout [UInt8]) {
        for told in events where failure == nil && !isComplete {
            let event = if case .failed(let failure) = told { StreamEvent.failed(concealed(failure)) } else { told }
            note(event)
            guard guarded != nil else {
                writer.write(event, into: &output)
                continue
            }
            guarded?.take(event) { writer.write($0, into: &output) }
            withhold(into: &output)
        }
        events.removeAll(keepingCapacity: true)
        // The provider charges for it, whoever gets to see it.
        textBytes &+= reader.unsaidBytes &- unsaid
        unsaid = reader.unsaidBytes
    }

    /// Ends the answer where a guard found what may not go out.
    private func withhold(into output: inout [UInt8]) {
        guard !isWithheld, guarded?.isOver == true, let finding = guarded?.findings.first(where: { $0.mode == .refuse })
        else { return }
        let failure = ModelFailure.withheld(by: finding)
        isComplete = false
        isWithheld = true
        self.failure = failure
        writer.write(.failed(failure), into: &output)
    }

    private func note(_ event: StreamEvent) {
        switch event {
        case .text(_, let text), .refusal(_, let text), .reasoning(_, let text), .callArguments(_, _, let text):
            textBytes &+= text.utf8.count
        case .callStarted(_, _, let call): textBytes &+= call.name.utf8.count &+ call.arguments.utf8.count
        case .usage(let told): usage.update(with: told)
        case .failed(let failure): self.failure = failure
        case .ended: isComplete = true
        case .started, .reasoningSigned, .reasoningRedacted, .stopped: break
        }
    }
}
