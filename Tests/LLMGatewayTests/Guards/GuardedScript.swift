import Catalog
import ContentGuarding
import HTTPSemantics
import LLMTranslation
import TestKit

@testable import LLMGateway

/// A random answer of several choices in pieces, and what each choice must become under guards.
struct GuardedScript {
    /// What a choice says between switches, put together.
    enum Item: Equatable {
        /// Text, refusal or thinking.
        case said(Voice, [UInt8])
        /// A call begins.
        case called(Int, ToolCall)
        /// A call's arguments in one piece.
        case arguments(Int, [UInt8])
        /// The thinking so far is signed.
        case signed
        /// Encrypted thinking.
        case redacted
        /// The choice is over.
        case stopped
    }

    /// How something is said.
    enum Voice: CaseIterable {
        case text, refusal, reasoning
    }

    /// The answer as it comes.
    private(set) var events: [StreamEvent] = []
    /// What each choice must become; it ends where something is refused.
    private(set) var wanted: [Int: [Item]] = [:]
    /// What must be found, in no order.
    private(set) var findings: [ContentFinding] = []

    private let rules: ContentRules
    private var isRefused = false

    /// An answer of one to three choices, mingled.
    init(_ rules: ContentRules, _ chance: inout SeededGenerator) {
        self.rules = rules
        var choices: [[StreamEvent]] = []
        for choice in 0..<Int.random(in: 1...3, using: &chance) { choices.append(choiceOf(choice, &chance)) }
        events = [.started(AnswerStart(id: "a"))]
        while choices.contains(where: { !$0.isEmpty }) {
            let choice = Int.random(in: choices.indices, using: &chance)
            guard !choices[choice].isEmpty else { continue }
            let run = Int.random(in: 1...3, using: &chance)
            events += choices[choice].prefix(run)
            choices[choice].removeFirst(min(run, choices[choice].count))
            if Int.random(in: 0..<9, using: &chance) == 0 { events.append(.usage(Usage(outputText: events.count))) }
        }
        events.append(.ended)
    }

    // MARK: One choice

    private mutating func choiceOf(_ choice: Int, _ chance: inout SeededGenerator) -> [StreamEvent] {
        var events: [StreamEvent] = []
        var last: Voice?
        var isChanged = false
        isRefused = false
        for call in 0..<Int.random(in: 0...6, using: &chance) {
            switch Int.random(in: 0..<8, using: &chance) {
            case 0:
                events += callEvents(choice, call, &chance)
                last = nil
            case 1:
                events.append(.reasoningRedacted(choice: choice, OpaqueValue(.anthropic, "opaque")))
                want(.redacted, of: choice)
                last = nil
            default:
                let voice = Voice.allCases.filter { $0 != last }.randomElement(using: &chance) ?? .text
                let said = say(voice, choice, &chance, &isChanged)
                events += said
                last = said.isEmpty ? last : voice
                guard voice == .reasoning, Bool.random(using: &chance) else { continue }
                events.append(.reasoningSigned(choice: choice, OpaqueValue(.anthropic, "seal")))
                if !isChanged { want(.signed, of: choice) }
                isChanged = false
                last = nil
            }
        }
        events.append(.stopped(choice: choice, .natural))
        want(.stopped, of: choice)
        return events
    }

    private mutating func say(
        _ voice: Voice,
        _ choice: Int,
        _ chance: inout SeededGenerator,
        _ isChanged: inout Bool
    ) -> [StreamEvent] {
        let text = GuardSamples.text(&chance)
        let result = rules.apply(to: text, everywhere: .answers)
        if voice == .reasoning, result.findings.contains(where: { $0.mode != .log }) { isChanged = true }
        want(.said(voice, Array(result.text.utf8)), of: choice)
        note(result.findings)
        return GuardSamples.pieces(of: text, &chance).map { piece in
            switch voice {
            case .text: .text(choice: choice, piece)
            case .refusal: .refusal(choice: choice, piece)
            case .reasoning: .reasoning(choice: choice, piece)
            }
        }
    }

    private mutating func callEvents(_ choice: Int, _ call: Int, _ chance: inout SeededGenerator) -> [StreamEvent] {
        let sample = ArgumentSample(&chance)
        let start = ToolCall(id: "id\(call)", name: "f", arguments: "")
        wantCall(call, start, sample, of: choice)
        var pieces = GuardSamples.pieces(of: sample.text, &chance)
        let first = Bool.random(using: &chance) ? pieces.removeFirst() : ""
        return [.callStarted(choice: choice, call: call, ToolCall(id: start.id, name: "f", arguments: first))]
            + pieces.map { .callArguments(choice: choice, call: call, $0) }
    }

    private mutating func wantCall(_ call: Int, _ start: ToolCall, _ sample: ArgumentSample, of choice: Int) {
        let (result, findings) = sample.guarded(by: rules)
        want(.called(call, start), of: choice)
        note(findings)
        want(.arguments(call, Array(result.utf8)), of: choice)
    }

    private mutating func want(_ item: Item, of choice: Int) {
        guard !isRefused else { return }
        var items = wanted[choice] ?? []
        Self.append(item, to: &items)
        wanted[choice] = items
    }

    private mutating func note(_ found: [ContentFinding]) {
        guard !isRefused else { return }
        findings += found
        if found.isRefused { isRefused = true }
    }

    // MARK: Putting together

    /// What events say of each choice.
    static func items(of events: [StreamEvent]) -> [Int: [Item]] {
        var all: [Int: [Item]] = [:]
        for event in events {
            guard let (choice, item) = item(of: event) else { continue }
            append(item, to: &all[choice, default: []])
        }
        return all
    }

    /// Adds an item: text that goes on is one text, and a call's arguments are put together with nothing.
    private static func append(_ item: Item, to items: inout [Item]) {
        if case .said(_, let text) = item, text.isEmpty { return }
        if case .said(let voice, let more) = item, case .said(voice, let text)? = items.last {
            items[items.count - 1] = .said(voice, text + more)
        } else {
            items.append(item)
        }
    }

    private static func item(of event: StreamEvent) -> (choice: Int, item: Item)? {
        switch event {
        case .text(let choice, let text): (choice, .said(.text, Array(text.utf8)))
        case .refusal(let choice, let text): (choice, .said(.refusal, Array(text.utf8)))
        case .reasoning(let choice, let text): (choice, .said(.reasoning, Array(text.utf8)))
        case .callStarted(let choice, let call, let start): (choice, .called(call, start))
        case .callArguments(let choice, let call, let text): (choice, .arguments(call, Array(text.utf8)))
        case .reasoningSigned(let choice, _): (choice, .signed)
        case .reasoningRedacted(let choice, _): (choice, .redacted)
        case .stopped(let choice, _): (choice, .stopped)
        case .started, .usage, .failed, .ended: nil
        }
    }
}
