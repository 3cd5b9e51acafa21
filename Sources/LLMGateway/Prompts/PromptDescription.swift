import Catalog
import HTTPSemantics
import LLMTranslation

/// Describes a prompt's API (OpenAPI 3.1.1).
struct PromptDescription {
    private let route: Route
    private let policy: PromptPolicy
    private let schema: JSONValue?

    /// Describes the prompt on a route; `schema` is the form of its answer, or `nil` for text.
    init(_ route: Route, _ policy: PromptPolicy, schema: JSONValue?) {
        self.route = route
        self.policy = policy
        self.schema = schema
    }

    /// The document as JSON.
    var bytes: [UInt8] {
        var document = JSONObject([
            ("openapi", "3.1.1"),
            ("info", ["title": .string(route.name.text), "version": "1"]),
            (
                "paths",
                .object(JSONObject([(route.path.source.replacing("...}", with: "}"), .object(JSONObject(methods)))]))
            ),
        ])
        if route.policies.keyAuth != nil {
            document.set("components", to: ["securitySchemes": ["key": ["type": "http", "scheme": "bearer"]]])
            document.set("security", to: [["key": []]])
        }
        return JSONWriter.bytes(.object(document))
    }

    private var methods: [(String, JSONValue)] {
        let methods = route.methods ?? ["POST"]
        return methods.map { ($0.lowercased(), operation($0, isOnly: methods.count == 1)) }
    }

    private func operation(_ method: String, isOnly: Bool) -> JSONValue {
        var operation = JSONObject()
        let name = route.name.text
        operation.set("operationId", to: .string(isOnly ? name : "\(name)-\(method.lowercased())"))
        operation.set("summary", to: .string("Asks the model «\(policy.model.text)»."))
        let parameters = route.path.parameterNames.map { name -> JSONValue in
            ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
        }
        if !parameters.isEmpty { operation.set("parameters", to: .array(parameters)) }
        let isNeeded = policy.variables.contains(where: \.isRequired)
        operation.set(
            "requestBody",
            to: ["required": .bool(isNeeded), "content": ["application/json": ["schema": request]]]
        )
        operation.set("responses", to: responses)
        return .object(operation)
    }

    private var request: JSONValue {
        var schema = JSONObject([("type", "object"), ("additionalProperties", false)])
        schema.set(
            "properties",
            to: .object(JSONObject(policy.variables.map { ($0.name, Self.schema(of: $0)) }))
        )
        let required = policy.variables.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema.set("required", to: .array(required)) }
        return .object(schema)
    }

    private static func schema(of variable: PromptVariable) -> JSONValue {
        var schema = JSONObject([("type", .string(variable.kind.rawValue))])
        if let limit = variable.maxLength { schema.set("maxLength", to: .number(JSONNumber(limit))) }
        if let standard = variable.standard { schema.set("default", to: value(standard, variable.kind)) }
        return .object(schema)
    }

    private static func value(_ text: String, _ kind: PromptVariable.Kind) -> JSONValue {
        if kind != .string, let value = try? JSONParser.parse(Array(text.utf8)) { return value }
        return .string(text)
    }

    /// The form of the answer; with an identifier of its own, it is the root of the references within it.
    private var form: JSONValue? {
        guard let schema, var object = schema.object, Self.hasReferences(schema) else { return schema }
        if object["$id"] == nil { object.set("$id", to: .string("urn:parley:prompt:\(route.name.text)")) }
        return .object(object)
    }

    private static func hasReferences(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let object): object["$ref"] != nil || object.members.contains { hasReferences($0.value) }
        case .array(let elements): elements.contains(where: hasReferences)
        case .null, .bool, .number, .string: false
        }
    }

    private var responses: JSONValue {
        let text: JSONValue = [
            "type": "object", "properties": ["text": ["type": "string"]], "required": ["text"],
            "additionalProperties": false,
        ]
        let problem: JSONValue = [
            "description": "Why there is no answer, as a problem document (RFC 9457).",
            "content": ["application/problem+json": ["schema": ["type": "object"]]],
        ]
        return [
            "200": ["description": "The answer.", "content": ["application/json": ["schema": form ?? text]]],
            "default": problem,
        ]
    }
}
