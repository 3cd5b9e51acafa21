import LLMTranslation
import Testing

struct AnthropicStreamReaderTests {
    private static let start = """
        event: message_start
        data: {"type":"message_start","message":{"id":"i","model":"m","usage":{"input_tokens":3,"output_tokens":1}}}


        """
    private static let cut = "failed server The provider ended its answer before it was complete."

    private static func texts(_ stream: String) -> [AnthropicEventText] {
        AnthropicSample.events(stream).map(\.anthropicText)
    }

    @Test(arguments: AnthropicVectors.streams.indices)
    func `a stream says what it says`(index: Int) {
        let (text, events) = AnthropicVectors.streams[index]
        #expect(Self.texts(text) == events)
    }

    @Test(arguments: AnthropicVectors.streams.indices)
    func `other ends of lines change nothing`(index: Int) {
        let (text, events) = AnthropicVectors.streams[index]
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(Self.texts(lines.joined(separator: "\r\n")) == events)
        #expect(Self.texts(lines.joined(separator: "\r")) == events)
        #expect(Self.texts("\u{FEFF}" + text) == events)
    }

    @Test(arguments: AnthropicVectors.streams.indices)
    func `every way to split the bytes gives the same events`(index: Int) {
        let bytes = Array(AnthropicVectors.streams[index].text.utf8)
        let whole = AnthropicSample.events([bytes[...]])
        for cut in bytes.indices {
            #expect(AnthropicSample.events([bytes[..<cut], bytes[cut...]]) == whole, "cut at \(cut)")
        }
        #expect(AnthropicSample.events(bytes.indices.map { bytes[$0...$0] }) == whole)
        let seed = UInt64(4711 + index)
        var chance = AnthropicChance(seed: seed)
        for _ in 0..<200 {
            var pieces: [ArraySlice<UInt8>] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 0...min(rest.count, 90), using: &chance)
                pieces.append(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(AnthropicSample.events(pieces) == whole, "seed \(seed)")
        }
    }

    @Test(arguments: AnthropicVectors.streams.indices)
    func `a stream that is cut anywhere never looks complete`(index: Int) {
        let bytes = Array(AnthropicVectors.streams[index].text.utf8)
        for end in bytes.indices {
            let events = AnthropicSample.events([bytes[..<end]])
            guard events.last?.anthropicText == Self.cut, !events.contains(.ended) else {
                Issue.record("cut at \(end): \(events.map(\.anthropicText))")
                return
            }
        }
    }

    @Test func `an error within the stream ends it`() {
        let error = """
            event: error
            data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

            event: message_stop
            data: {"type":"message_stop"}


            """
        #expect(
            Self.texts(Self.start + error) == ["usage 3 - - 1", "started i m", "failed overloaded Overloaded"]
        )
        #expect(Self.texts(error) == ["failed overloaded Overloaded"])
    }

    @Test func `what is not JSON fails, and what follows the end is not read`() {
        #expect(
            Self.texts("data: {oops\n\n") == [
                "failed server The provider sent something that is not JSON within its answer."
            ]
        )
        let twice = AnthropicVectors.twoTools + AnthropicVectors.twoTools + "data: oops\n\n"
        #expect(Self.texts(twice) == AnthropicVectors.twoToolsEvents)
        #expect(Self.texts("data: [DONE]\n\n") == [Self.cut])
        #expect(Self.texts("") == [Self.cut])
    }

    @Test func `later counts replace earlier ones, zeros too, and a total keeps its parts straight`() {
        let stream = """
            data: {"type":"message_start","message":{"id":"i","model":"m","usage":{"input_tokens":3,"cache_read_input_tokens":4,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"output_tokens":1}}}

            data: {"type":"message_delta","delta":{},"usage":{"input_tokens":0,"cache_creation_input_tokens":30,"output_tokens":5}}

            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"cache_read_input_tokens":0,"output_tokens":7}}

            data: {"type":"message_stop"}


            """
        #expect(
            Self.texts(stream) == [
                "usage 3 4 10 1 hour 20", "started i m", "usage 0 4 10 5 hour 20", "usage 0 0 10 7 hour 20",
                "stopped natural", "ended",
            ]
        )
    }

    @Test func `servers that leave things out are understood`() {
        let stream = """
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"a"}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"b"}}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":"c"}}

            data: {"type":"content_block_delta","index":9,"delta":{"type":"text_delta","text":"d"}}

            data: {"type":"content_block_delta","index":9,"delta":{"type":"input_json_delta","partial_json":"{}"}}

            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","name":"f","input":{"x":1}}}

            data: {"type":"message_stop"}


            """
        #expect(
            Self.texts(stream) == [
                "started  ", "reasoning a", "reasoning b", "text c", "text d", "call 0  f", #"arguments 0 {"x":1}"#,
                "stopped natural", "ended",
            ]
        )
    }

    @Test func `names of events stand in for types`() {
        let stream = Self.start + "event: error\ndata: {\"error\":{\"message\":\"m\"}}\n\n"
        #expect(Self.texts(stream).last == "failed server m")
    }
}
