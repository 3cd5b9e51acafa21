import Catalog
import ContentGuarding
import HTTPSemantics
import Testing

@testable import LLMGateway

/// What guards do to whole answers beyond their texts: signatures and probabilities.
@Suite struct GuardedAnswerTests {
    private func guarded(_ body: String, _ direction: ContentGuard.Direction = .answers) throws -> String {
        text(GuardedBody(bytes(body), try GuardSamples.emails(), direction).bytes)
    }

    @Test(arguments: [
        (
            #"{"thinking":"to ada@example.com","signature":"s","type":"thinking"}"#,
            #"{"thinking":"to [email]","signature":"","type":"thinking"}"#
        ),
        (
            #"{"signature":"s","thinking":[{"type":"text","text":"ada@example.com"}]}"#,
            #"{"signature":"","thinking":[{"type":"text","text":"[email]"}]}"#
        ),
        (
            #"{"a":{"thinking":"so","signature":"s"},"text":"ada@example.com"}"#,
            #"{"a":{"thinking":"so","signature":"s"},"text":"[email]"}"#
        ),
        (#"{"thinking":"ada@example.com"}"#, #"{"thinking":"[email]"}"#),
    ])
    func `thinking that was changed loses its signature, other thinking keeps it`(body: String, wanted: String) throws {
        #expect(try guarded(body) == wanted)
    }

    @Test func `signed thinking goes back to its maker as it is, unsigned thinking is masked`() throws {
        let signed = #"{"thinking":"ada@example.com","signature":"s"}"#
        #expect(try guarded(signed, .requests) == signed)
        #expect(try guarded(#"{"thinking":"ada@example.com"}"#, .requests) == #"{"thinking":"[email]"}"#)
    }

    @Test func `thinking in the details of OpenAI's chat that was changed loses its signature`() throws {
        let body =
            #"{"reasoning_content":"ada@example.com","reasoning_details":[{"type":"reasoning.text","text":"ada@example.com","#
            + #""signature":"seal","format":"anthropic"}]}"#
        let answer = try guarded(body)
        #expect(!answer.contains("ada@example.com") && !answer.contains("seal"))
    }

    @Test func `signed thinking in the details of OpenAI's chat goes back to its maker as it is`() throws {
        let body =
            #"{"reasoning_details":[{"type":"reasoning.text","text":"ada@example.com","signature":"seal","#
            + #""format":"anthropic"}]}"#
        #expect(try guarded(body, .requests) == body)
    }

    @Test func `encrypted thinking in the details of OpenAI's chat is not looked at`() throws {
        let body =
            #"{"reasoning_details":[{"type":"reasoning.encrypted","data":"ada@example.com","format":"anthropic"}]}"#
        #expect(try guarded(body, .requests) == body)
        #expect(try guarded(body) == body)
    }

    @Test(arguments: [
        #"{"audio":{"id":"a","data":"ada@example.com","expires_at":1735689600,"transcript":"x"}}"#,
        #"{"type":"input_audio","input_audio":"ada@example.com"}"#,
        #"{"type":"document_url","document_url":"data:application/pdf;base64,ada@example.com"}"#,
        #"{"type":"image_generation_call","id":"i","result":"ada@example.com"}"#,
    ])
    func `other places of sound, pictures and files are not looked at either`(body: String) throws {
        #expect(try guarded(body) == body)
        #expect(try guarded(body, .requests) == body)
    }

    @Test(arguments: [
        (
            #"{"choices":[{"message":{"content":"ada@example.com"},"logprobs":{"content":[{"token":"ada"}]}}]}"#,
            #"{"choices":[{"message":{"content":"[email]"},"logprobs":null}]}"#
        ),
        (
            #"{"choices":[{"text":"ada@example.com","logprobs":{"tokens":["ada"],"token_logprobs":[-0.1]}}]}"#,
            #"{"choices":[{"text":"[email]","logprobs":null}]}"#
        ),
        (
            #"{"output":[{"content":[{"text":"ada@example.com","logprobs":[{"token":"ada"}]}]}]}"#,
            #"{"output":[{"content":[{"text":"[email]","logprobs":[]}]}]}"#
        ),
        (
            #"{"candidates":[{"content":{"parts":[{"text":"ada@example.com"}]},"logprobsResult":{"chosenCandidates":["#
                + #"{"token":"ada"}]},"avgLogprobs":-0.1}]}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"[email]"}]},"avgLogprobs":-0.1}]}"#
        ),
        (
            #"{"message":{"content":"ada@example.com"},"logprobs":[{"token":"ada"}]}"#,
            #"{"message":{"content":"[email]"},"logprobs":[]}"#
        ),
    ])
    func `an answer that was changed loses the probabilities of its tokens`(body: String, wanted: String) throws {
        #expect(try guarded(body) == wanted)
    }

    @Test func `an answer that was not changed keeps them, and so do arguments that only look like them`() throws {
        let plain = #"{"choices":[{"message":{"content":"Hi"},"logprobs":{"content":[{"token":"Hi"}]}}]}"#
        #expect(try guarded(plain) == plain)
        let call =
            #"{"content":[{"type":"tool_use","input":{"logprobs":[1]}},{"type":"text","text":"ada@example.com"}]}"#
        #expect(try guarded(call) == call.replacing("ada@example.com", with: "[email]"))
    }

    @Test func `a request that was changed still asks for probabilities`() throws {
        let body = #"{"logprobs":true,"content":"ada@example.com"}"#
        #expect(try guarded(body, .requests) == #"{"logprobs":true,"content":"[email]"}"#)
    }

    @Test func `words that come twice do not hide from probabilities`() throws {
        let body = #"{"text":"a","text":"b","logprobs":[{"token":"a"}]}"#
        #expect(try guarded(body) == #"{"text":"b","logprobs":[]}"#)
    }
}
