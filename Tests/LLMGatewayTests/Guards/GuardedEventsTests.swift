import Catalog
import ContentGuarding
import HTTPSemantics
import LLMTranslation
import TestKit
import Testing

@testable import LLMGateway

@Suite struct GuardedEventsTests {
    private static let seeds = 1...40 as ClosedRange<UInt64>

    private func taken(_ events: [StreamEvent], _ rules: ContentRules) -> (events: [StreamEvent], GuardedEvents) {
        var guarded = GuardedEvents(rules)
        var output: [StreamEvent] = []
        for event in events { guarded.take(event) { output.append($0) } }
        return (output, guarded)
    }

    private func sorted(_ findings: [ContentFinding]) -> [String] {
        findings.map { "\($0.rule) \($0.mode) \($0.range)" }.sorted()
    }

    // MARK: The whole text

    @Test(arguments: seeds)
    func `what goes out is what the guards make of the whole texts, however they were cut`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        let logging = GuardSamples.rule(.regex("[a-z]+"), .log)
        for guards in [GuardSamples.masking, GuardSamples.masking + [logging]] {
            let rules = try ContentRules(compiling: guards)
            for _ in 0..<20 {
                let script = GuardedScript(rules, &chance)
                let (events, guarded) = taken(script.events, rules)
                #expect(GuardedScript.items(of: events) == script.wanted, "\(script.events)")
                #expect(sorted(guarded.findings) == sorted(script.findings), "\(script.events)")
            }
        }
    }

    @Test(arguments: seeds)
    func `the order of what is not held stays, and the end comes last`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        let rules = try ContentRules(compiling: GuardSamples.masking)
        func frame(_ events: [StreamEvent]) -> [StreamEvent] {
            events.filter { event in
                switch event {
                case .started, .usage, .ended, .stopped: true
                default: false
                }
            }
        }
        for _ in 0..<20 {
            let script = GuardedScript(rules, &chance)
            let (events, _) = taken(script.events, rules)
            #expect(frame(events) == frame(script.events))
            #expect(events.last == .ended)
        }
    }

    @Test func `guards that find nothing let every text pass as it is`() throws {
        let rules = try ContentRules(compiling: [GuardSamples.rule(.format(.email), on: .requests)])
        let events: [StreamEvent] = [
            .started(AnswerStart()), .text(choice: 0, "ada@"), .text(choice: 0, "example.com"),
            .stopped(choice: 0, .natural),
            .ended,
        ]
        #expect(taken(events, rules).events == events)
    }

    // MARK: Refusals

    @Test(arguments: seeds)
    func `after a refusal nothing more goes out of any choice`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var guards = GuardSamples.masking
        guards[Int.random(in: guards.indices, using: &chance)].mode = .refuse
        let rules = try ContentRules(compiling: guards)
        for _ in 0..<40 {
            let script = GuardedScript(rules, &chance)
            var guarded = GuardedEvents(rules)
            var output: [StreamEvent] = []
            for event in script.events {
                let wasRefused = guarded.findings.isRefused
                let before = output.count
                guarded.take(event) { output.append($0) }
                if wasRefused { #expect(output.count == before) }
            }
            for (choice, items) in GuardedScript.items(of: output) {
                let wanted = script.wanted[choice] ?? []
                #expect(isBeginning(items, of: wanted), "\(items) of \(wanted)")
            }
            let isOver = guarded.findings.isRefused
            #expect((output.last == .ended) != isOver)
            #expect(isOver == script.findings.isRefused)
        }
    }

    /// Whether `items` are the first of `wanted`; of the last text there may be less.
    private func isBeginning(_ items: [GuardedScript.Item], of wanted: [GuardedScript.Item]) -> Bool {
        guard items.count <= wanted.count else { return false }
        guard let last = items.last else { return true }
        guard Array(items.dropLast()) == Array(wanted.prefix(items.count - 1)) else { return false }
        if case .said(let voice, let text) = last, case .said(voice, let whole) = wanted[items.count - 1] {
            return whole.starts(with: text)
        }
        return last == wanted[items.count - 1]
    }

    @Test(arguments: [
        StreamEvent.reasoning(choice: 0, "later "), .refusal(choice: 0, "later "), .stopped(choice: 0, .natural),
        .ended,
        .callStarted(choice: 0, call: 0, ToolCall(id: "i", name: "f", arguments: "{}")),
        .reasoningSigned(choice: 0, OpaqueValue(.anthropic, "s")),
        .reasoningRedacted(choice: 0, OpaqueValue(.anthropic, "s")),
    ])
    func `what is seen to be refused only when the text is over lets nothing pass that comes next`(
        next: StreamEvent
    ) throws {
        let rules = try ContentRules(compiling: [GuardSamples.rule(.format(.card), .refuse)])
        let (events, guarded) = taken([.text(choice: 0, "no 4111 1111 1111 1111"), next], rules)
        #expect(events == [.text(choice: 0, "no ")])
        #expect(guarded.findings.isRefused)
    }

    // MARK: Thinking

    @Test(arguments: [ContentGuard.Mode.mask, .log])
    func `only thinking that was not changed keeps its signature`(mode: ContentGuard.Mode) throws {
        let seal = StreamEvent.reasoningSigned(choice: 0, OpaqueValue(.anthropic, "seal"))
        let rules = try GuardSamples.emails(mode)
        let first = taken([.reasoning(choice: 0, "ask ada@example.com"), seal], rules).events
        #expect(first.contains(seal) == (mode == .log))
        let then = taken(
            [.reasoning(choice: 0, "ask ada@example.com"), seal, .reasoning(choice: 0, "ask her"), seal],
            rules
        ).events
        #expect(then.last == seal)
        let other = StreamEvent.reasoningSigned(choice: 1, OpaqueValue(.anthropic, "seal"))
        let apart = taken(
            [.reasoning(choice: 0, "ask ada@example.com"), .reasoning(choice: 1, "ask her"), other, seal],
            rules
        ).events
        #expect(apart.contains(other) && apart.contains(seal) == (mode == .log))
    }

    @Test func `changed thinking loses its signature also where it was found only at its end`() throws {
        let seal = StreamEvent.reasoningSigned(choice: 0, OpaqueValue(.anthropic, "seal"))
        let events: [StreamEvent] = [.reasoning(choice: 0, "ada@example"), .reasoning(choice: 0, ".com"), seal]
        #expect(taken(events, try GuardSamples.emails()).events == [.reasoning(choice: 0, "[email]")])
    }

    @Test func `thinking that follows a call stays behind it, so that each goes back to its maker in its place`() throws
    {
        let events: [StreamEvent] = [
            .reasoning(choice: 0, "One"), .reasoningSigned(choice: 0, OpaqueValue(.openai, "1")),
            .callStarted(choice: 0, call: 0, ToolCall(id: "a", name: "f", arguments: "")),
            .callArguments(choice: 0, call: 0, "{}"), .reasoning(choice: 0, "Two"),
            .reasoningSigned(choice: 0, OpaqueValue(.openai, "2")),
            .callStarted(choice: 0, call: 1, ToolCall(id: "b", name: "f", arguments: "")),
            .callArguments(choice: 0, call: 1, "{}"), .stopped(choice: 0, .tool), .ended,
        ]
        let found = taken(events, try GuardSamples.emails()).events
        #expect(GuardedScript.items(of: found) == GuardedScript.items(of: events))
    }

    // MARK: Ends

    @Test func `what a provider says of its failure is masked too`() throws {
        let events = taken([.failed(ModelFailure(.server, "no such user: ada@example.com"))], try GuardSamples.emails())
            .events
        #expect(events == [.failed(ModelFailure(.server, "no such user: [email]"))])
    }

    @Test(arguments: [StreamEvent.ended, .failed(ModelFailure(.server, "broken"))])
    func `what was held goes out before the end, or before the failure`(end: StreamEvent) throws {
        let events: [StreamEvent] = [.text(choice: 1, "ada@"), .text(choice: 0, "bob"), end]
        let wanted: [StreamEvent] = [.text(choice: 0, "bob"), .text(choice: 1, "ada@"), end]
        #expect(
            GuardedScript.items(of: taken(events, try GuardSamples.emails()).events) == GuardedScript.items(of: wanted)
        )
        #expect(taken(events, try GuardSamples.emails()).events.last == end)
    }
}
