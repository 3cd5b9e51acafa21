/// OpenAI's Responses: `/responses`, and `/responses/input_tokens` for counting.
///
/// The gateway keeps no conversations, so requests that lean on ones kept by OpenAI are refused with the remedy. How
/// reasoning keeps what only its maker can read is told at ``ResponsesSeal``.
package enum OpenAIResponsesDialect: Dialect {
    /// OpenAI.
    package static var vendor: Vendor { .openai }

    /// Fields of requests that answers repeat.
    package static var repeated: [StaticString] {
        [
            "instructions", "max_output_tokens", "metadata", "parallel_tool_calls", "reasoning", "temperature", "text",
            "tool_choice", "tools", "top_p", "truncation", "user",
        ]
    }

    /// Reads an answer in pieces.
    package static func makeReader() -> any AnswerStreamReader { ResponsesStreamReader() }

    /// Writes an answer in pieces.
    package static func makeWriter(as face: AnswerFace) -> any AnswerStreamWriter { ResponsesStreamWriter(face) }
}
