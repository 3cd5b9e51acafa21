/// Pictures as Ollama has them: base64 without a media type.
enum OllamaImage {
    /// The picture; its media type is what its first bytes say.
    static func part(_ image: String) -> MediaPart {
        // Some clients send what other vendors take.
        if DataURL.isOne(image), let source = DataURL.source(of: image) { return MediaPart(source) }
        return MediaPart(.base64(mediaType: mediaType(image), data: image))
    }

    private static func mediaType(_ data: String) -> String {
        if data.hasPrefix("iVBORw0KGgo") { return "image/png" }
        if data.hasPrefix("R0lGOD") { return "image/gif" }
        if data.hasPrefix("UklGR") { return "image/webp" }
        return "image/jpeg"
    }
}
