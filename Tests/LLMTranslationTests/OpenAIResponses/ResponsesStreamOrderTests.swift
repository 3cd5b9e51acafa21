import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct ResponsesStreamOrderTests {
    private static func call(_ number: Int, _ arguments: String = "") -> StreamEvent {
        .callStarted(choice: 0, call: number, ToolCall(id: "c\(number)", name: "f", arguments: arguments))
    }

    /// Which items begin (`+`), get arguments (`~`) and are complete (`-`), in order.
    private static func steps(_ events: [StreamEvent]) throws -> String {
        try ResponsesVectors.data(ResponsesVectors.write(events)).compactMap { event in
            let index = event.data["output_index"]?.integer ?? -1
            return switch event.name {
            case "response.output_item.added": "+\(index)"
            case "response.output_item.done": "-\(index)"
            case "response.function_call_arguments.delta": "~\(index)"
            default: nil
            }
        }.joined(separator: " ")
    }

    @Test func `each item is complete before the next begins`() throws {
        let events: [StreamEvent] = [
            .text(choice: 0, "a"), Self.call(0), .callArguments(choice: 0, call: 0, "{\"a\":"),
            .callArguments(choice: 0, call: 0, "1}"), Self.call(1, "{}"), .reasoning(choice: 0, "hm"),
            .reasoningSigned(choice: 0, OpaqueValue(.anthropic, "S")), .text(choice: 0, "b"), Self.call(2, "{}"),
            .stopped(choice: 0, .tool), .ended,
        ]
        #expect(try Self.steps(events) == "+0 -0 +1 ~1 ~1 -1 +2 ~2 -2 +3 -3 +4 -4 +5 ~5 -5")
    }

    @Test func `calls that come by turns are complete in order, each as soon as it is whole`() throws {
        let events: [StreamEvent] = [
            Self.call(0, "{"), Self.call(1, "{"), .callArguments(choice: 0, call: 1, "}"), .text(choice: 0, "x"),
            .callArguments(choice: 0, call: 0, "}"), .reasoningRedacted(choice: 0, OpaqueValue(.anthropic, "R")),
            .stopped(choice: 0, .tool), .ended,
        ]
        #expect(try Self.steps(events) == "+0 ~0 +1 ~1 ~1 +2 ~0 -0 -1 -2 +3 -3")
    }

    @Test func `a call without arguments holds the others back only until the end`() throws {
        let events: [StreamEvent] = [
            Self.call(0), Self.call(1, "{}"), .text(choice: 0, "x"), .stopped(choice: 0, .tool), .ended,
        ]
        #expect(try Self.steps(events) == "+0 +1 ~1 +2 ~0 -0 -1 -2")
    }
}
