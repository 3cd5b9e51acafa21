import LLMTranslation
import Testing

@testable import LLMGateway

/// What a request says of how fast it is to be served.
struct ServiceTierTests {
    private func tier(_ body: String, _ format: WireFormat) throws -> ServiceTier {
        let bytes = Array(body.utf8)
        let outline = try #require(try JSONOutline(bytes))
        return ServiceTier(outline, bytes, format)
    }

    @Test(arguments: [WireFormat.openAIChat, .openAICompletions, .openAIResponses])
    func `of OpenAI's tiers some cost more, some less`(format: WireFormat) throws {
        for name in ["{}", #"{"service_tier":null}"#, #"{"service_tier":"auto"}"#, #"{"service_tier":"default"}"#] {
            #expect(try tier(name, format) == .ordinary, "\(name)")
        }
        #expect(try tier(#"{"service_tier":"flex"}"#, format) == .cheaper)
        for name in ["priority", "fast", "Priority", "whatever comes next"] {
            #expect(try tier("{\"service_tier\":\"\(name)\"}", format) == .dearer, "\(name)")
        }
        #expect(try tier(#"{"service_tier":["priority"]}"#, format) == .dearer)
        #expect(try tier(#"{"service\u005ftier":"priority"}"#, format) == .dearer)
    }

    @Test func `Anthropic takes more for speed and for a place, and nothing for a tier`() throws {
        for body in ["{}", #"{"service_tier":"auto","speed":"standard"}"#, #"{"inference_geo":"global","speed":null}"#]
        {
            #expect(try tier(body, .anthropicMessages) == .ordinary, "\(body)")
        }
        #expect(try tier(#"{"speed":"fast"}"#, .anthropicMessages) == .dearer)
        #expect(try tier(#"{"inference_geo":"us"}"#, .anthropicMessages) == .dearer)
    }

    @Test func `Gemini's tier is read in both of its spellings`() throws {
        #expect(try tier(#"{"serviceTier":"SERVICE_TIER_UNSPECIFIED"}"#, .gemini) == .ordinary)
        #expect(try tier(#"{"serviceTier":"priority"}"#, .gemini) == .dearer)
        #expect(try tier(#"{"service_tier":"flex"}"#, .gemini) == .cheaper)
        for other in ["null", #""standard""#, #""flex""#] {
            #expect(try tier("{\"serviceTier\":\(other),\"service_tier\":\"priority\"}", .gemini) == .dearer)
            #expect(try tier("{\"service_tier\":\(other),\"serviceTier\":\"priority\"}", .gemini) == .dearer)
        }
    }

    @Test(arguments: [WireFormat.mistralChat, .ollamaChat, .ollamaGenerate])
    func `others have no tiers`(format: WireFormat) throws {
        #expect(try tier(#"{"service_tier":"priority","speed":"fast"}"#, format) == .ordinary)
    }
}
