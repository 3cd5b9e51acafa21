import LLMTranslation
import Testing

@testable import LLMGateway

/// Several answers in one stream of Gemini's, which end one by one.
struct GeminiCandidatesTests {
    private func event(_ candidates: String) -> String { "data: {\"candidates\":[\(candidates)]}\n\n" }
    private func piece(_ index: Int) -> String { #"{"index":\#(index),"content":{"parts":[{"text":"x"}]}}"# }
    private func last(_ index: Int) -> String { #"{"index":\#(index),"finishReason":"STOP"}"# }

    private func told(_ events: [String]) -> (relay: PassThroughRelay, output: String) {
        let relay = PassThroughRelay(.gemini, hidesUsage: false, inEvents: true, hasCandidates: true, ModelShop.face)
        var output: [UInt8] = []
        for event in events { relay.feed(bytes(event)[...], into: &output) }
        relay.finish(into: &output)
        return (relay, text(output))
    }

    @Test func `an answer is whole when all of its candidates have ended`() {
        let events = [event(piece(0) + "," + piece(1)), event(last(0)), event(piece(1)), event(last(1))]
        let (relay, output) = told(events)
        #expect(relay.isComplete && relay.failure == nil && output == events.joined())
    }

    @Test(arguments: [2, 3])
    func `a provider that dies within the last candidate has not answered`(heard: Int) {
        let events = [event(piece(0)), event(last(0)), event(piece(1)), event(last(1))].prefix(heard)
        let (relay, output) = told(heard == 2 ? [event(piece(1)), event(last(0))] : Array(events))
        #expect(!relay.isComplete && relay.failure != nil && output.contains("before it was complete"))
    }

    @Test func `what is said of a candidate behind its end does not begin it again`() {
        let (relay, _) = told([event(piece(0)), event(last(0)), event(#"{"index":0}"#)])
        #expect(relay.isComplete && relay.failure == nil)
    }

    @Test func `candidates without a number are counted by their place`() {
        let both = event(#"{"finishReason":"STOP"},{"content":{"parts":[{"text":"x"}]}}"#)
        #expect(!told([both]).relay.isComplete)
        #expect(told([both, event(last(1))]).relay.isComplete)
    }
}
