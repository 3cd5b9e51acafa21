import HTTPSemantics

/// Which of Gemini's candidates have begun, and which have ended: each ends for itself.
struct GeminiCandidates {
    private var begun: Set<Int> = []
    private var ended: Set<Int> = []

    /// More than anybody asks for.
    private static let most = 128

    /// Whether one has begun that has not ended.
    var areUnderWay: Bool { !begun.isSubset(of: ended) }

    /// Looks at an event of a stream; one that has ended stays so, whatever is still said of it.
    mutating func note(_ event: JSONObject) {
        for (position, candidate) in (event["candidates"]?.array ?? []).enumerated() {
            let index = candidate["index"]?.integer ?? position
            guard (0..<Self.most).contains(index) else { continue }
            begun.insert(index)
            if candidate["finishReason"]?.string != nil { ended.insert(index) }
        }
    }
}
