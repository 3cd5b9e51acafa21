import LLMTranslation
import Testing

@testable import LLMGateway

/// Limit and number of answers are read where they are plain, and nothing is read where they are unusual.
@Suite struct WrittenCountsTests {
    private func limits(_ members: String, _ format: WireFormat = .openAIChat) throws -> (output: Int?, answers: Int)? {
        let body = #"{"model":"fast"\#(members.isEmpty ? "" : ",")\#(members)}"#
        return try ModelShop.conversation(format, body).plainLimits
    }

    @Test(arguments: [
        ("", nil, 1), (#""max_tokens":5"#, 5, 1), (#""max_completion_tokens":7"#, 7, 1),
        (#""max_tokens":5,"max_completion_tokens":7"#, 7, 1), (#""max_tokens":7,"max_completion_tokens":5"#, 7, 1),
        (#""max_completion_tokens":5,"max_tokens":7"#, 7, 1),
        (#""max_tokens" : 12 , "n" : 3 "#, 12, 3), (#""n":3"#, nil, 3), (#""n":1"#, nil, 1),
        (#""max_tokens":999999999,"n":999999999"#, 999_999_999, 999_999_999),
        (#""max_tokens":5,"max_tokens":9"#, 9, 1), (#""max_tokens":9,"max_tokens":5"#, 5, 1),
        (#""max_tokens":"x","max_tokens":9"#, 9, 1), (#""n":2,"n":4"#, nil, 4),
        (#""o":{"max_tokens":5,"n":9},"a":[{"n":8}]"#, nil, 1),
        (#""max_token":6,"max_tokens_":7"#, nil, 1), (#""nn":6,"x":"max_tokens","y":1"#, nil, 1),
    ])
    func `plain limits are read, the last of equal names, the greatest of both`(
        members: String,
        output: Int?,
        answers: Int
    ) throws {
        for format in [WireFormat.openAIChat, .anthropicMessages, .mistralChat] {
            let limits = try #require(try limits(members, format))
            #expect(limits.output == output && limits.answers == answers)
        }
    }

    private static let unusual = [
        "1000000000", "99999999999999999999", "-1", "-0", "1.0", "5e1", "1E2", "null", "true", "\"5\"", "\"\"", "[]",
        "[5]",
        "{}", #"{"a":5}"#,
    ]

    @Test(arguments: unusual)
    func `of unusual limits nothing is read`(value: String) throws {
        for members in [
            "\"max_tokens\":\(value)", "\"max_completion_tokens\":\(value)", "\"n\":\(value)",
            "\"max_tokens\":5,\"max_completion_tokens\":\(value)",
            "\"max_tokens\":\(value),\"max_completion_tokens\":5",
            "\"max_tokens\":5,\"n\":\(value)", "\"max_tokens\":5,\"max_tokens\":\(value)",
        ] {
            for format in [WireFormat.openAIChat, .anthropicMessages, .mistralChat] {
                #expect(try limits(members, format) == nil, "\(members)")
            }
        }
    }

    @Test func `no answers at all are unusual too`() throws {
        #expect(try limits(#""n":0"#) == nil && limits(#""max_tokens":0"#) == nil)
    }

    @Test(arguments: WireFormat.allCases)
    func `only forms whose limits stand in these places are read so`(format: WireFormat) throws {
        let isRead = [WireFormat.openAIChat, .anthropicMessages, .mistralChat].contains(format)
        #expect(try (limits(#""max_tokens":5"#, format) != nil) == isRead)
    }

    private static let sizes: [(format: WireFormat, members: String, output: Int?, isEndless: Bool, answers: Int)] = [
        (.openAIChat, #""max_tokens":-5,"n_predict":9"#, 9, true, 1),
        (.openAIChat, #""n":3,"best_of":7"#, nil, false, 7), (.openAIChat, #""n_predict":0"#, nil, true, 1),
        (.openAIChat, #""max_tokens":6e1,"n":null"#, 60, false, 1),
        (.openAICompletions, #""n":2,"prompt":["a","b","c"]"#, nil, false, 6),
        (.openAICompletions, #""n":2,"prompt":[1,2,3]"#, nil, false, 2),
        (.openAICompletions, #""n":9223372036854775807,"prompt":["a","b"]"#, nil, false, .max),
        (.gemini, #""generation_config":{"maxOutputTokens":7},"generationConfig":{"candidate_count":4}"#, 7, false, 4),
        (.ollamaChat, #""options":{"num_predict":-2},"n":5"#, nil, true, 1),
    ]

    @Test(arguments: sizes)
    func `numbers that servers may go by are read wherever they stand`(
        format: WireFormat,
        members: String,
        output: Int?,
        isEndless: Bool,
        answers: Int
    ) throws {
        let size = try ModelShop.conversation(format, #"{"model":"fast",\#(members)}"#).writtenSize()
        #expect(size.output == output && size.isEndless == isEndless && size.answers == answers)
    }

    @Test(arguments: ["\"60000\"", "60000.5", "1e99", "[5]", "{}", "true"])
    func `what is no whole number is not taken for one`(value: String) throws {
        for (format, members) in [
            (WireFormat.openAIChat, "\"max_tokens\":\(value)"), (.openAIChat, "\"n\":\(value)"),
            (.openAIResponses, "\"max_output_tokens\":\(value)"), (.openAICompletions, "\"best_of\":\(value)"),
            (.gemini, "\"generationConfig\":{\"maxOutputTokens\":\(value)}"),
            (.gemini, "\"generation_config\":{\"candidateCount\":\(value)}"),
            (.ollamaGenerate, "\"options\":{\"num_predict\":\(value)}"),
        ] {
            let task = try ModelShop.conversation(format, "{\"model\":\"fast\",\(members)}")
            #expect(throws: MalformedRequest.self, "\(members)") { try task.writtenSize() }
        }
    }

    @Test func `a conversation that was read is asked itself`() throws {
        let body = #"{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"#
        let task = try ModelShop.conversation(.openAIChat, body)
        #expect(task.plainLimits?.output == 5)
        _ = try task.conversation()
        #expect(task.plainLimits == nil)
    }
}
