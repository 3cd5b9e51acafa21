import HTTPSemantics
import LLMTranslation

/// Passes an answer on as it comes, byte for byte, and reads the counts beside it.
final class PassThroughRelay: StreamRelay {
    private let format: WireFormat
    private let hidesUsage: Bool
    private let inEvents: Bool
    private let face: AnswerFace
    private var raw: RawEvents
    /// Whether Gemini has answered at all.
    private var hasCandidates = false
    /// Gemini's candidates, where several may have been asked for; one alone ends with the answer.
    private var candidates: GeminiCandidates?
    /// Events passed on so far.
    private var events = 0
    /// Comments that came before anything else: they say nothing, and wait for what does.
    private var comments: [UInt8] = []
    private var hasSpoken = false
    /// Gemini's stream as a JSON array is passed on as an array, taken from events.
    private var arrayWriter: GeminiArrayFraming?

    /// A relay of a format's stream; `hidesUsage` where the client did not ask for the counts, `hasCandidates` where it may
    /// have asked Gemini for several answers.
    init(_ format: WireFormat, hidesUsage: Bool, inEvents: Bool, hasCandidates: Bool = false, _ face: AnswerFace) {
        self.format = format
        self.hidesUsage = hidesUsage
        self.inEvents = inEvents
        self.face = face
        candidates = hasCandidates ? GeminiCandidates() : nil
        raw = RawEvents(lines: format.streamsLines)
        arrayWriter = inEvents ? nil : GeminiArrayFraming()
    }

    override func feed(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) {
        guard failure == nil else { return }
        // Whole events only: half of one could not be followed by an error that a client understands.
        raw.feed(bytes) { event in pass(event, into: &output) }
    }

    private func pass(_ event: ArraySlice<UInt8>, into output: inout [UInt8]) {
        guard failure == nil else { return }
        let glance = StreamGlance(event, format, reads: candidates != nil)
        if !hasSpoken {
            guard glance.hasData else {
                comments += comments.count < Self.longestComments ? event : []
                return
            }
            hasSpoken = true
            output += comments
            comments = []
        }
        if let found = glance.failure, let keys, glance.object.map({ keys.isShown(in: .object($0)) }) ?? false {
            return fail(concealed(found), into: &output)
        }
        guard note(glance, event) else { return }
        if arrayWriter != nil {
            arrayWriter?.append(StreamData.data(of: event), to: &output)
        } else {
            output += event
        }
    }

    override func finish(into output: inout [UInt8]) {
        // A last line needs no line feed, and some servers end with half an empty line; other rests are broken off.
        let rest = raw.finish()
        let isWhole = StreamData.object(of: rest[...]) != nil || StreamData.isDone(StreamData.data(of: rest[...]))
        if isWhole, format.streamsLines || StreamGlance(rest[...], format).isEnd {
            pass(rest[...], into: &output)
            if format.streamsLines, !isComplete { output.append(0x0A) }
        }
        if endedInOtherWords { isComplete = true }
        if isComplete || failure != nil {
            arrayWriter?.finish(to: &output)
        } else {
            fail(ModelFailure(.server, "The provider ended its answer before it was complete."), into: &output)
        }
    }

    /// Whether all was said although the usual end is missing: Gemini has counted a prompt that it withholds.
    private var endedInOtherWords: Bool { format == .gemini && !hasCandidates && usage.isKnown }

    override func fail(_ failure: ModelFailure, into output: inout [UInt8]) {
        guard self.failure == nil, !isComplete else { return }
        self.failure = failure
        if arrayWriter != nil {
            let error = format.dialect.answer(to: failure, requestID: face.seed)
            arrayWriter?.append(error.body, to: &output)
            arrayWriter?.finish(to: &output)
            return
        }
        guard format != .openAIResponses else { return appendResponsesError(failure, to: &output) }
        var writer = format.dialect.makeWriter(as: face)
        writer.write(.failed(failure), into: &output)
    }

    /// The last event of OpenAI's Responses, which are numbered.
    private func appendResponsesError(_ failure: ModelFailure, to output: inout [UInt8]) {
        let error = JSONObject([
            ("type", "error"), ("code", .string(failure.code ?? "server_error")), ("message", .string(failure.message)),
            ("param", .null), ("sequence_number", .number(JSONNumber(events))),
        ])
        StreamText.appendEvent(named: "error", error, to: &output)
    }

    /// Bytes of comments that are kept for later at most.
    private static let longestComments = 16 * 1024

    /// Reads an event; false if the client should not see it.
    private func note(_ glance: StreamGlance, _ event: ArraySlice<UInt8>) -> Bool {
        events &+= 1
        textBytes &+= glance.textBytes
        if glance.isEnd { isComplete = true }
        if let object = glance.object, let isUnderWay = candidates?.areUnderWay(behind: object), isUnderWay {
            isComplete = false
        }
        if let found = glance.failure { failure = concealed(found) }
        if format == .gemini, !hasCandidates { hasCandidates = ByteSearch.find("\"candidates\"", in: event) != nil }
        guard glance.hasUsage, let object = glance.object else { return true }
        if let told = format.dialect.usage(of: UsagePlace.usage(in: object, of: format)) { usage.update(with: told) }
        return !(hidesUsage && failure == nil && object["choices"]?.array?.isEmpty ?? true)
    }
}
