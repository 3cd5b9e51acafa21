import Catalog
import ContentGuarding
import HTTPSemantics
import LLMTranslation

/// Applies guards to the texts of an answer that comes in pieces.
///
/// What goes out, put together, is what applying the guards to the whole texts gives, however they were cut. Calls, and what
/// comes behind them, are held until their choice ends, since only then it is known which bytes of their arguments are text.
struct GuardedEvents {
    /// What is being said in a choice.
    private enum Voice {
        case text(GuardedStream)
        case refusal(GuardedStream)
        case reasoning(GuardedStream)
    }

    /// What waits until its choice ends: a call, and what comes behind it.
    private enum Waiting {
        case event(StreamEvent)
        case call(number: Int, ToolCall, arguments: String)
    }

    /// What was found in texts that are over, and in those that go on.
    var findings: [ContentFinding] {
        voices.values.reduce(past) { found, voice in
            switch voice {
            case .text(let stream), .refusal(let stream), .reasoning(let stream): found + stream.findings
            }
        }
    }

    private let rules: ContentRules
    private var voices: [Int: Voice] = [:]
    private var waiting: [Int: [Waiting]] = [:]
    private var past: [ContentFinding] = []
    /// Choices whose thinking was changed: its maker would not know it again by its signature.
    private var changed: Set<Int> = []
    /// Whether something was refused, so that nothing goes out any more.
    private(set) var isOver = false
    /// Bytes that wait.
    private var held = 0

    /// The most bytes that wait behind a call (32 MiB).
    private static let mostHeld = 32 << 20

    /// Guards that look at answers.
    init(_ rules: ContentRules) { self.rules = rules }

    /// Takes an event and gives what may go out now; nothing any more once something was refused.
    mutating func take(_ event: StreamEvent, _ emit: (StreamEvent) -> Void) {
        guard !isOver else { return }
        switch event {
        case .text(let choice, let piece): say(piece, .text(fresh), in: choice, emit)
        case .refusal(let choice, let piece): say(piece, .refusal(fresh), in: choice, emit)
        case .reasoning(let choice, let piece): say(piece, .reasoning(fresh), in: choice, emit)
        case .callStarted(let choice, let number, var start):
            end(choice, emit)
            let piece = start.arguments
            start.arguments = ""
            waiting[choice, default: []].append(.call(number: number, start, arguments: piece))
            hold(piece.utf8.count, emit)
        case .callArguments(let choice, let number, let piece):
            add(piece, toCall: number, of: choice)
            hold(piece.utf8.count, emit)
        case .reasoningSigned(let choice, _):
            end(choice, emit)
            if changed.remove(choice) == nil { give(event, of: choice, emit) }
        case .reasoningRedacted(let choice, _):
            end(choice, emit)
            give(event, of: choice, emit)
        case .stopped(let choice, _):
            close(choice, emit)
            if !isOver { emit(event) }
        case .ended:
            closeAll(emit)
            if !isOver { emit(event) }
        case .failed(var failure):
            closeAll(emit)
            // Providers like to quote.
            failure.message = rules.apply(to: failure.message, everywhere: .answers).text
            if !isOver { emit(.failed(failure)) }
        case .started, .usage: emit(event)
        }
    }

    private var fresh: GuardedStream { GuardedStream(rules, everywhere: .answers) }

    /// Gives what belongs to a choice, now or behind the calls that wait.
    private mutating func give(_ event: StreamEvent, of choice: Int, _ emit: (StreamEvent) -> Void) {
        if waiting[choice] == nil {
            if !isOver { emit(event) }
        } else {
            waiting[choice]?.append(.event(event))
        }
    }

    /// Counts bytes that wait; nobody says that much, and the memory is everybody's.
    private mutating func hold(_ bytes: Int, _ emit: (StreamEvent) -> Void) {
        held &+= bytes
        guard held > Self.mostHeld, !isOver else { return }
        isOver = true
        waiting = [:]
        emit(.failed(ModelFailure(.server, "The provider's answer is too long to be looked through.")))
    }

    // MARK: Texts

    /// Goes on with what was being said, or begins with `fresh` where it was something else.
    private mutating func say(_ piece: String, _ fresh: Voice, in choice: Int, _ emit: (StreamEvent) -> Void) {
        if let voice = voices[choice], !Self.isSame(voice, fresh) { end(choice, emit) }
        guard !isOver else { return }
        if waiting[choice] != nil { hold(piece.utf8.count, emit) }
        switch voices.removeValue(forKey: choice) ?? fresh {
        case .text(var stream):
            let text = stream.feed(piece)
            voices[choice] = .text(stream)
            defer { isOver = isOver || stream.isRefused }
            if !text.isEmpty { give(.text(choice: choice, text), of: choice, emit) }
        case .refusal(var stream):
            let text = stream.feed(piece)
            voices[choice] = .refusal(stream)
            defer { isOver = isOver || stream.isRefused }
            if !text.isEmpty { give(.refusal(choice: choice, text), of: choice, emit) }
        case .reasoning(var stream):
            let known = stream.findings.count
            let text = stream.feed(piece)
            if stream.findings.dropFirst(known).contains(where: { $0.mode != .log }) { changed.insert(choice) }
            voices[choice] = .reasoning(stream)
            defer { isOver = isOver || stream.isRefused }
            if !text.isEmpty { give(.reasoning(choice: choice, text), of: choice, emit) }
        }
    }

    private static func isSame(_ left: Voice, _ right: Voice) -> Bool {
        switch (left, right) {
        case (.text, .text), (.refusal, .refusal), (.reasoning, .reasoning): true
        default: false
        }
    }

    /// What was being said in a choice is over.
    private mutating func end(_ choice: Int, _ emit: (StreamEvent) -> Void) {
        guard !isOver, let voice = voices.removeValue(forKey: choice) else { return }
        let rest: StreamEvent?
        switch voice {
        case .text(var stream): rest = finish(&stream).map { .text(choice: choice, $0) }
        case .refusal(var stream): rest = finish(&stream).map { .refusal(choice: choice, $0) }
        case .reasoning(var stream):
            rest = finish(&stream).map { .reasoning(choice: choice, $0) }
            if stream.findings.contains(where: { $0.mode != .log }) { changed.insert(choice) }
        }
        if let rest { give(rest, of: choice, emit) }
        if past.isRefused { isOver = true }
    }

    private mutating func finish(_ stream: inout GuardedStream) -> String? {
        let rest = stream.finish()
        past += stream.findings
        return rest.isEmpty ? nil : rest
    }

    // MARK: Calls

    private mutating func add(_ piece: String, toCall wanted: Int, of choice: Int) {
        let index = waiting[choice]?.lastIndex { item in
            if case .call(wanted, _, _) = item { true } else { false }
        }
        guard let index, case .call(let number, let start, var arguments)? = waiting[choice]?[index] else { return }
        // Let go of first, so that the text grows in its place.
        waiting[choice]?[index] = .call(number: number, start, arguments: "")
        arguments += piece
        waiting[choice]?[index] = .call(number: number, start, arguments: arguments)
    }

    /// All of a choice has been said.
    private mutating func close(_ choice: Int, _ emit: (StreamEvent) -> Void) {
        end(choice, emit)
        for item in waiting.removeValue(forKey: choice) ?? [] where !isOver {
            switch item {
            case .event(let event): emit(event)
            case .call(let number, let start, let arguments):
                emit(.callStarted(choice: choice, call: number, start))
                held -= min(held, arguments.utf8.count)
                let guarded = GuardedBody.arguments(arguments, rules)
                past += guarded.findings
                isOver = past.isRefused
                if !isOver, !guarded.text.isEmpty {
                    emit(.callArguments(choice: choice, call: number, guarded.text))
                }
            }
        }
    }

    private mutating func closeAll(_ emit: (StreamEvent) -> Void) {
        for choice in Set(voices.keys).union(waiting.keys).sorted() { close(choice, emit) }
    }
}
