import Catalog
import HTTPSemantics
import LLMTranslation

/// What a request says for the holes of a prompt.
struct PromptValues {
    private var texts: [String: String] = [:]

    /// Reads the request of a prompt's API; an empty body is an object without members.
    ///
    /// - Throws: ``MalformedRequest`` that names the variable at fault.
    init(_ variables: [PromptVariable], _ body: [UInt8]) throws(MalformedRequest) {
        let object = try Self.object(of: body)
        let known = Set(variables.map(\.name))
        if let stranger = object.members.first(where: { !known.contains($0.name) }) {
            let names = variables.map(\.name).joined(separator: ", ")
            throw MalformedRequest(
                stranger.name,
                "There is no variable «\(stranger.name.prefix(64))» here; \(names.isEmpty ? "there are none" : "these are: \(names)")."
            )
        }
        for variable in variables { texts[variable.name] = try Self.text(of: variable, in: object) }
    }

    private static func object(of body: [UInt8]) throws(MalformedRequest) -> JSONObject {
        guard !body.isEmpty else { return JSONObject() }
        let value: JSONValue
        do throws(JSONFault) {
            value = try JSONParser.parse(body)
        } catch {
            throw MalformedRequest("", "The body is not proper JSON. \(error.summary)")
        }
        guard let object = value.object else { throw MalformedRequest("", "The body must be a JSON object.") }
        if object.hasDuplicateNames { throw MalformedRequest("", "A variable comes twice; send each once.") }
        return object
    }

    private static func text(of variable: PromptVariable, in object: JSONObject) throws(MalformedRequest) -> String {
        let name = variable.name
        guard let value = object[name] else {
            guard !variable.isRequired else { throw MalformedRequest(name, "The variable «\(name)» is missing.") }
            return variable.standard ?? ""
        }
        switch (variable.kind, value) {
        case (.string, .string(let text)):
            guard text.unicodeScalars.count <= variable.maxLength ?? .max else {
                throw MalformedRequest(
                    name,
                    "The variable «\(name)» is longer than \(variable.maxLength ?? 0) characters; shorten it."
                )
            }
            return text
        case (.number, .number(let number)): return String(decoding: number.text, as: UTF8.self)
        case (.boolean, .bool(let flag)): return flag ? "true" : "false"
        default: throw MalformedRequest(name, "The variable «\(name)» must be a \(variable.kind.rawValue).")
        }
    }

    /// The text of a message with its holes filled; what fills them is not looked through for holes again.
    func fill(_ message: PromptMessage) -> String {
        var text = ""
        for part in message.parts {
            switch part {
            case .literal(let literal): text += literal
            case .variable(let name): text += texts[name] ?? ""
            }
        }
        return text
    }
}
