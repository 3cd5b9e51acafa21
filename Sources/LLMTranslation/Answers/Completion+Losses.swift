extension Completion {
    /// What of it a client of `vendor`'s dialect does not get: only Gemini's and Ollama's answers can hold pictures, and
    /// only Gemini's sound and documents.
    package func losses(for vendor: Vendor) -> [Loss] {
        var found = LossList()
        for loss in losses { found.add(loss) }
        for part in choices.flatMap(\.parts) {
            guard let name = part.nameOfMedia, vendor != .gemini, !(vendor == .ollama && name == "image") else {
                continue
            }
            found.add(Loss("answer.\(name)", "has no place in answers of this dialect"))
        }
        return found.losses
    }
}

extension Part {
    /// What it is called in the names of losses, if it is not text.
    var nameOfMedia: String? {
        switch self {
        case .image: "image"
        case .audio: "audio"
        case .document: "document"
        case .text, .toolCall, .toolResult, .reasoning, .refusal: nil
        }
    }
}
