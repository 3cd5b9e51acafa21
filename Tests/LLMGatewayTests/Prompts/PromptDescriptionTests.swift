import Catalog
import HTTPSemantics
import JSONSchemaChecking
import Testing

@testable import LLMGateway

@Suite struct PromptDescriptionTests {
    private let variables = [
        PromptShop.variable("word", maxLength: 20),
        PromptShop.variable("count", .number, isRequired: false, standard: "3"),
        PromptShop.variable("loud", .boolean, isRequired: false, standard: "false"),
        PromptShop.variable("note", isRequired: false),
    ]

    private func document(
        _ policy: PromptPolicy,
        path: String = "/ask",
        methods: [String]? = nil,
        isGuarded: Bool = false
    ) throws -> JSONValue {
        let service = try PromptShop.service(policy, path: path, methods: methods) { route in
            if isGuarded { route.policies.keyAuth = KeyAuthPolicy() }
        }
        let plan = try #require(try PromptPlan.plans(of: service)["ask"])
        return try JSONParser.parse(plan.description)
    }

    private func operation(_ document: JSONValue, _ path: String = "/ask", _ method: String = "post") throws
        -> JSONValue
    {
        try #require(document["paths"]?[path]?[method])
    }

    // MARK: What it says

    @Test func `it says what is asked for and what comes back`() throws {
        let document = try document(PromptShop.policy(variables: variables))
        #expect(document["openapi"] == "3.1.1")
        #expect(document["info"] == ["title": "ask", "version": "1"])
        let operation = try operation(document)
        let request = operation["requestBody"]?["content"]?["application/json"]?["schema"]
        #expect(
            request == [
                "type": "object", "additionalProperties": false, "required": ["word"],
                "properties": [
                    "word": ["type": "string", "maxLength": 20], "count": ["type": "number", "default": 3],
                    "loud": ["type": "boolean", "default": false], "note": ["type": "string"],
                ],
            ]
        )
        #expect(operation["requestBody"]?["required"] == true)
        let answer = operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]
        #expect(
            answer == [
                "type": "object", "properties": ["text": ["type": "string"]], "required": ["text"],
                "additionalProperties": false,
            ]
        )
    }

    @Test(arguments: [
        (#"{"word":"x"}"#, true), ("{}", false), (#"{"word":"x","count":2.5,"loud":true,"note":""}"#, true),
        (#"{"word":"x","more":1}"#, false), (#"{"word":1}"#, false), (#"{"word":"x","count":"1"}"#, false),
        (#"{"word":"012345678901234567890"}"#, false), (#"{"word":"👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍"}"#, true), ("[]", false),
    ])
    func `its schema and the reader of requests are of one mind`(body: String, isFit: Bool) throws {
        let operation = try operation(try document(PromptShop.policy(variables: variables)))
        let schema = try #require(operation["requestBody"]?["content"]?["application/json"]?["schema"])
        let mismatches = try JSONSchema(schema).mismatches(of: JSONParser.parse(bytes(body)), limit: 3)
        #expect(mismatches.isEmpty == isFit)
        let isRead = (try? PromptValues(variables, bytes(body))) != nil
        #expect(isRead == isFit)
    }

    @Test func `a prompt without required variables needs no body`() throws {
        let operation = try operation(
            try document(PromptShop.policy([(.user, "Hi")], variables: [PromptShop.variable("a", isRequired: false)]))
        )
        #expect(operation["requestBody"]?["required"] == false)
        #expect(operation["requestBody"]?["content"]?["application/json"]?["schema"]?["required"] == nil)
    }

    @Test func `a key is asked for only where it is`() throws {
        let guarded = try document(PromptShop.policy(), isGuarded: true)
        let open = try document(PromptShop.policy())
        let name = try #require(guarded["security"]?[0]?.object?.members.first?.name)
        #expect(guarded["components"]?["securitySchemes"]?[name] == ["type": "http", "scheme": "bearer"])
        #expect(open["security"] == nil && open["components"] == nil)
    }

    @Test func `an answer of a form of its own has that form`() throws {
        let schema = #"{"type":"object","properties":{"n":{"type":"integer"}}}"#
        let operation = try operation(try document(PromptShop.policy(schema: schema)))
        let answer = operation["responses"]?["200"]?["content"]?["application/json"]?["schema"]
        #expect(answer?["properties"] == ["n": ["type": "integer"]])
    }

    // MARK: OpenAPI 3.1

    /// The methods that a path item may have.
    private static let known: Set<String> = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    @Test(
        arguments: [
            ("/ask", nil), ("/a/{id}/ask", ["POST"]), ("/a/{id}/{other}", ["POST", "PUT"]), ("/files/{rest...}", nil),
        ] as [(String, [String]?)]
    )
    func `it keeps the rules of OpenAPI`(path: String, methods: [String]?) throws {
        let document = try document(PromptShop.policy(), path: path, methods: methods, isGuarded: true)
        let paths = try #require(document["paths"]?.object?.members)
        var names: Set<String> = []
        for item in paths {
            #expect(item.name.hasPrefix("/"))
            for operation in try #require(item.value.object).members {
                #expect(Self.known.contains(operation.name))
                let name = try #require(operation.value["operationId"]?.string)
                #expect(names.insert(name).inserted, "operationId must be unique among all operations")
                checkParameters(operation.value, of: item.name)
                try checkResponses(operation.value)
            }
        }
    }

    /// Each expression of the path has its parameter, and each parameter its expression.
    private func checkParameters(_ operation: JSONValue, of path: String) {
        let expressions = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            String($0.dropFirst().dropLast())
        }
        let parameters = operation["parameters"]?.array ?? []
        #expect(parameters.compactMap { $0["name"]?.string } == expressions)
        #expect(parameters.allSatisfy { $0["in"] == "path" && $0["required"] == true && $0["schema"]?.object != nil })
    }

    private func checkResponses(_ operation: JSONValue) throws {
        let responses = try #require(operation["responses"]?.object?.members)
        #expect(!responses.isEmpty && responses.allSatisfy { $0.value["description"]?.string != nil })
    }

    @Test(arguments: [
        ##"{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"string"}}}"##,
        ##"{"type":"array","items":{"anyOf":[{"$ref":"#"},{"type":"null"}]}}"##,
    ])
    func `references within the form of the answer lead where they led`(schema: String) throws {
        let document = try document(PromptShop.policy(schema: schema))
        let place = ["paths", "/ask", "post", "responses", "200", "content", "application/json", "schema"]
        let found = try #require(JSONPointer(tokens: place).lookup(in: document))
        let original = try JSONParser.parse(bytes(schema))
        // With an identifier of its own a schema is the root of its references.
        let root = found["$id"] == nil ? document : found
        for reference in references(in: found) {
            let fragment = try #require(JSONPointer(String(reference.drop { $0 != "#" }.dropFirst())))
            let target = fragment.lookup(in: root)
            let isSchemaOfOriginal = target == original["$defs"]?["a"] || target == found
            #expect(isSchemaOfOriginal, "\(reference) leads elsewhere")
        }
    }

    private func references(in value: JSONValue) -> [String] {
        switch value {
        case .object(let object):
            object.members.flatMap { member in
                member.name == "$ref" ? [member.value.string].compactMap { $0 } : references(in: member.value)
            }
        case .array(let elements): elements.flatMap(references)
        default: []
        }
    }
}
