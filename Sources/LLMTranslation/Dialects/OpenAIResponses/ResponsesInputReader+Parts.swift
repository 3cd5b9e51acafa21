import HTTPSemantics

extension ResponsesInputReader {
    /// What a message or a result holds: a text, or parts.
    mutating func content(_ item: RequestReader, _ name: String) throws(MalformedRequest) -> [Part] {
        guard let value = item.value(name) else { throw item.missing(name) }
        if let text = value.string { return [.text(TextPart(text))] }
        guard value.array != nil else { throw item.fault(name, "must be a text or a list of parts") }
        var parts: [Part] = []
        for section in try item.sections(name) ?? [] {
            if let part = try part(section) { parts.append(part) }
        }
        return parts
    }

    private mutating func part(_ section: RequestReader) throws(MalformedRequest) -> Part? {
        switch try section.requiredString("type") {
        case "input_text":
            note(section, ["text"])
            return .text(TextPart(try section.requiredString("text"), cacheMark: try cacheMark(section)))
        case "output_text":
            note(section, ["text", "annotations", "logprobs"])
            for list in ["annotations", "logprobs"] where !(try section.list(list) ?? []).isEmpty {
                losses.append(Loss("\(section.path)\(list)", ResponsesRequestReader.unknown))
            }
            return .text(TextPart(try section.requiredString("text")))
        case "refusal":
            note(section, ["refusal"])
            return .refusal(try section.requiredString("refusal"))
        case "input_image": return .image(try image(section))
        case "input_file": return .document(try file(section))
        case let type:
            losses.append(Loss(String(section.path.dropLast()), "parts of the type «\(type)» have no place elsewhere"))
            return nil
        }
    }

    private mutating func note(_ section: RequestReader, _ known: Set<String>) {
        section.noteUnknown(
            besides: known.union(["type", "prompt_cache_breakpoint"]),
            ResponsesRequestReader.unknown,
            losses: &losses
        )
    }

    /// The mark behind a part: the shorter of the two lifetimes that there are, unless one is asked for.
    private func cacheMark(_ section: RequestReader) throws(MalformedRequest) -> String? {
        guard let mark = try section.section("prompt_cache_breakpoint") else { return nil }
        return try mark.string("ttl") == nil ? "5m" : "1h"
    }

    private mutating func image(_ section: RequestReader) throws(MalformedRequest) -> MediaPart {
        note(section, ["image_url", "file_id", "detail"])
        let source: MediaPart.Source
        if let url = try section.string("image_url") {
            source = try Self.source(url, section, "image_url")
        } else if let file = try section.string("file_id") {
            source = .file(file)
        } else {
            throw section.fault("image_url", "is missing; give «image_url» or «file_id»")
        }
        return MediaPart(source, detail: try section.string("detail"), cacheMark: try cacheMark(section))
    }

    private mutating func file(_ section: RequestReader) throws(MalformedRequest) -> MediaPart {
        note(section, ["file_data", "file_url", "file_id", "filename", "detail"])
        let name = try section.string("filename")
        let source: MediaPart.Source
        if let data = try section.string("file_data") {
            source =
                DataURL.isOne(data)
                ? try Self.source(data, section, "file_data")
                : .base64(mediaType: Self.mediaType(ofFile: name), data: data)
        } else if let url = try section.string("file_url") {
            source = try Self.source(url, section, "file_url")
        } else if let file = try section.string("file_id") {
            source = .file(file)
        } else {
            throw section.fault("file_data", "is missing; give «file_data», «file_url» or «file_id»")
        }
        return MediaPart(
            source,
            name: name,
            detail: try section.string("detail"),
            cacheMark: try cacheMark(section)
        )
    }

    /// An address, or the bytes that a `data:` address holds (RFC 2397), which must be base64.
    private static func source(
        _ url: String,
        _ section: RequestReader,
        _ name: String
    ) throws(MalformedRequest) -> MediaPart.Source {
        guard let source = DataURL.source(of: url) else {
            throw section.fault(name, "must be an address, or «data:TYPE;base64,DATA»")
        }
        return source
    }

    /// The media type of a file that came without one.
    private static func mediaType(ofFile name: String?) -> String {
        let name = name?.lowercased() ?? ""
        if name.hasSuffix(".txt") { return "text/plain" }
        if name.hasSuffix(".md") { return "text/markdown" }
        return "application/pdf"
    }
}
