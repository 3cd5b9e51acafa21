import Catalog
import LLMTranslation
import Testing

@testable import LLMGateway

@Suite struct CountTaskTests {
    private static let paths: [Vendor: String] = [
        .anthropic: "/v1/messages/count_tokens", .openai: "/v1/responses/input_tokens",
        .gemini: "/v1beta/models/fast:countTokens",
    ]

    private func request(_ family: Vendor, _ dialect: ModelDialect, _ body: String) throws -> ProviderRequest {
        let path = try #require(Self.paths[family])
        let surface = SurfaceRequest(path: path, method: "POST", query: nil) { _ in nil }
        let client = try ClientRequest(surface, body: bytes(body), requestID: "r", created: 1)
        return try CountTask(family, client).request(for: ModelShop.soleTarget(dialect))
    }

    private static func thinking(_ signature: String) -> String {
        #"{"model":"fast","messages":[{"role":"user","content":"a"},{"role":"assistant","content":"#
            + #"[{"type":"thinking","thinking":"t","signature":"\#(signature)"},{"type":"text","text":"b"}]},"#
            + #"{"role":"user","content":"c"}]}"#
    }

    @Test func `a vendor is asked with the client's own bytes but for the name`() throws {
        let made = try request(.anthropic, .anthropic, Self.thinking("abc"))
        #expect(made.isPassThrough)
        let wanted = Self.thinking("abc").replacing(#""fast""#, with: #""theirs""#)
        #expect(String(decoding: made.body, as: UTF8.self) == wanted)
    }

    @Test func `what another vendor signed is not shown to a vendor that would refuse it`() throws {
        let made = try request(.anthropic, .anthropic, Self.thinking("gemini:abc"))
        #expect(made.isPassThrough)
        let text = String(decoding: made.body, as: UTF8.self)
        #expect(!text.contains("gemini:abc") && text.contains(#""b""#) && text.contains(#""theirs""#))
    }
}
