import HTTPSemantics
import LLMTranslation

/// A request as a client of a surface sent it, checked as JSON and not yet read.
struct ClientRequest {
    /// What its path says.
    let surface: SurfaceRequest
    /// Its body.
    let body: [UInt8]
    /// Where the body's members stand.
    let outline: JSONOutline
    /// The model's name as asked for.
    let model: String
    /// Its identifier.
    private let requestID: String
    /// When it came, in seconds since 1970.
    let created: Int

    /// Checks a body.
    ///
    /// - Throws: ``MalformedRequest`` if it is no JSON object, or names no model where the path names none.
    init(_ surface: SurfaceRequest, body: [UInt8], requestID: String, created: Int) throws(MalformedRequest) {
        self.surface = surface
        self.body = body
        self.requestID = requestID
        self.created = created
        outline = try Self.outline(of: body)
        try SpelledNames.check(outline, body, surface.operation)
        guard let name = surface.model ?? outline.string("model", in: body), !name.isEmpty else {
            throw MalformedRequest("model", "model is missing; name one of the models that GET /v1/models lists.")
        }
        model = name
    }

    private static func outline(of body: [UInt8]) throws(MalformedRequest) -> JSONOutline {
        let found: JSONOutline?
        do throws(JSONFault) {
            found = try JSONOutline(body)
        } catch {
            throw MalformedRequest("", "The body is not proper JSON. \(error.summary)")
        }
        guard let found else { throw MalformedRequest("", "The body must be a JSON object.") }
        return found
    }

    /// Stands in for identifiers that a provider does not give.
    var seed: String { String(decoding: requestID.utf8.filter { $0 != 0x2D }, as: UTF8.self) }

    /// The model where the path names it, as dialects want to be told.
    var modelInPath: String? { surface.model }

    /// The body, read.
    func object() throws(MalformedRequest) -> JSONObject {
        guard let object = (try? JSONParser.parse(body))?.object else {
            throw MalformedRequest("", "The body holds a text that is not proper Unicode, or is nested too deeply.")
        }
        return object
    }

    /// The body with another name for the model, where it is the body that names it.
    func splice(naming model: String) -> RequestSplice {
        var splice = RequestSplice(body, outline)
        if surface.model == nil {
            if model != self.model { splice.set("model", to: .string(model)) }
        } else if let named = outline.string("model", in: body) {
            // Gemini's clients may name it in the body once more.
            splice.set("model", to: .string((named.hasPrefix("models/") ? "models/" : "") + model))
        }
        return splice
    }
}
