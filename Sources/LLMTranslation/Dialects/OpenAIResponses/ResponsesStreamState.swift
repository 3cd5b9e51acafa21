import HTTPSemantics

/// Where an answer in pieces has got to.
struct ResponsesStreamState {
    /// Whether the answer has ended, well or not; nothing more is said then.
    private(set) var isOver = false
    private var hasBegun = false
    private var items = ResponsesStreamProgress()

    /// Takes the next event.
    mutating func take(_ event: EventStreamReader.Event, into events: inout [StreamEvent]) {
        guard !isOver, !event.data.elementsEqual("[DONE]".utf8) else { return }
        guard let value = try? JSONParser.parse(answer: event.data) else {
            return fail("The provider sent an event that is not JSON.", into: &events)
        }
        guard let data = value.object else { return }
        let type = data["type"]?.string ?? String(decoding: event.name, as: UTF8.self)
        switch type {
        case "response.created", "response.queued", "response.in_progress": begin(data, &events)
        case "response.completed", "response.incomplete": complete(data, type, &events)
        case "response.failed", "response.cancelled": fail(data, &events)
        case "error": fail(with: data["error"] ?? .object(data), &events)
        case _ where type.utf8.starts(with: "response.".utf8): piece(type, data, &events)
        default:
            guard let error = data["error"], error != .null else { return }
            fail(with: error, &events)
        }
    }

    /// Says that the answer is cut short, unless it has ended.
    mutating func fail(_ message: String, into events: inout [StreamEvent]) {
        guard !isOver else { return }
        isOver = true
        events.append(.failed(ModelFailure(.server, message)))
    }

    private mutating func fail(with error: JSONValue?, _ events: inout [StreamEvent]) {
        isOver = true
        events.append(.failed(ChatFailure.inBand(error)))
    }

    private mutating func fail(_ data: JSONObject, _ events: inout [StreamEvent]) {
        if let usage = OpenAIResponsesDialect.usage(of: data["response"]?["usage"]) { events.append(.usage(usage)) }
        fail(with: data["response"]?["error"], &events)
    }

    private mutating func begin(_ data: JSONObject, _ events: inout [StreamEvent]) {
        guard !hasBegun else { return }
        hasBegun = true
        events.append(.started(OpenAIResponsesDialect.start(of: data["response"]?.object ?? JSONObject())))
    }

    private mutating func piece(_ type: String, _ data: JSONObject, _ events: inout [StreamEvent]) {
        var said: [StreamEvent] = []
        items.take(type, data, into: &said)
        guard !said.isEmpty else { return }
        begin(JSONObject(), &events)
        events += said
    }

    private mutating func complete(_ data: JSONObject, _ type: String, _ events: inout [StreamEvent]) {
        begin(data, &events)
        var response = data["response"]?.object ?? JSONObject()
        if type == "response.incomplete" { response.set("status", to: "incomplete") }
        items.complete(response["output"]?.array ?? [], into: &events)
        if let usage = OpenAIResponsesDialect.usage(of: response["usage"]) { events.append(.usage(usage)) }
        events.append(.stopped(choice: 0, OpenAIResponsesDialect.stop(of: response, calls: items.hasCalls)))
        events.append(.ended)
        isOver = true
    }
}
