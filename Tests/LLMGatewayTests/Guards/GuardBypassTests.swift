import Catalog
import ContentGuarding
import HTTPSemantics
import LLMTranslation
import Testing

@testable import LLMGateway

/// Bodies that pass on to a provider, or to a client, without being read all through: guards must see those too.
@Suite struct GuardBypassTests {
    private static let mail = "ada@example.com"

    /// Bodies that are passed through as they are, each with an address for e-mail in it.
    private static let bodies: [String] = [
        #"{"model":"fast","messages":[{"role":"user","content":"\#(mail)"}],"x":"\ud83d"}"#,
        #"{"model":"fast","messages":[{"role":"user","content":"\#(mail) \udc00"}]}"#,
        #"{"model":"fast","messages":[{"role":"user","content":"\#(mail)"}],"x":\#(nested(300))}"#,
        #"{"model":"fast","messages":[{"role":"user","content":"ada\u0040example.com"}],"\ud83d":1}"#,
    ]

    private static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test(arguments: bodies)
    func `what a provider is sent was seen by the guards`(body: String) throws {
        let guarded = GuardedBody(bytes(body), try GuardSamples.emails(), .requests)
        let sent: [UInt8]
        do {
            let task = try ModelShop.conversation(.openAIChat, text(guarded.bytes))
            sent = try task.request(for: ModelShop.soleTarget(.openai)).body
        } catch is MalformedRequest {
            // Whoever cannot read it may refuse it.
            return
        }
        #expect(!text(sent).replacing("\\u0040", with: "@").contains(Self.mail))
    }

    @Test(arguments: bodies)
    func `what a refusing guard cannot see is not sent`(body: String) throws {
        let guarded = GuardedBody(bytes(body), try GuardSamples.emails(.refuse), .requests)
        guard guarded.refusal == nil else { return }
        #expect(throws: MalformedRequest.self) {
            try ModelShop.conversation(.openAIChat, text(guarded.bytes)).request(for: ModelShop.soleTarget(.openai))
        }
    }

    @Test(arguments: [
        #"{"choices":[{"message":{"content":"\#(mail) \ud83d"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#,
        #"{"choices":[{"message":{"content":"\#(mail)"}}],"x":\#(nested(300))}"#,
    ])
    func `what a client gets was seen by the guards`(body: String) throws {
        let task = try ModelShop.conversation(.openAIChat, #"{"model":"fast","messages":[]}"#)
        let request = try task.request(for: ModelShop.soleTarget(.openai))
        let answer: TaskAnswer
        do throws(MalformedAnswer) {
            answer = try task.answer(bytes(body), to: request)
        } catch {
            return
        }
        let guarded = GuardedBody(answer.body, try GuardSamples.emails(), .answers)
        #expect(!text(guarded.bytes).contains(Self.mail))
    }
}
