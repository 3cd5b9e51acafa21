import HTTPSemantics

/// Which of Gemini's candidates have begun, and which have ended: each ends for itself.
struct GeminiCandidates {
    private var begun: Set<Int> = []
    private var ended: Set<Int> = []

    /// More than anybody asks for.
    private static let most = 128

    /// Looks at the next event of a stream: whether one has begun by then that has not ended.
    ///
    /// One that has ended stays so, whatever is still said of it.
    mutating func areUnderWay(behind event: JSONObject) -> Bool {
        for (position, candidate) in (event["candidates"]?.array ?? []).enumerated() {
            let index = candidate["index"]?.integer ?? position
            guard (0..<Self.most).contains(index) else { continue }
            begun.insert(index)
            if candidate["finishReason"]?.string != nil { ended.insert(index) }
        }
        return !begun.isSubset(of: ended)
    }
}
