import HTTPSemantics
import Investigation
import Testing

/// What is found in API descriptions.
@Suite struct APILintTests {
    private func rules(_ text: String) -> [String] {
        APILint.check(Array(text.utf8)).findings.map { "\($0.rule.rawValue) \($0.line):\($0.column)" }
    }

    /// A description of one path.
    private func description(_ operations: String) -> String {
        "openapi: 3.1.0\npaths:\n  /items/{id}:\n" + operations
    }

    @Test func `a description that says everything is fine`() {
        let text = """
            openapi: 3.0.3
            paths:
              /items:
                post:
                  parameters:
                    - { in: header, name: Idempotency-Key, schema: { type: string } }
                  responses:
                    201: { description: created }
                    409: { description: The e-mail address is already taken }
              /items/{id}:
                parameters:
                  - $ref: '#/components/parameters/If~1Match'
                get:
                  responses:
                    '200': { description: here, headers: { etag: { schema: { type: string }, example: '"v1"' } } }
                put:
                  responses: { '200': { description: done }, '412': { description: stale } }
                delete:
                  responses: { '204': { description: gone }, '428': { description: which } }
            components:
              parameters:
                If/Match: { in: header, name: If-Match, schema: { type: string } }
            """
        let report = APILint.check(Array(text.utf8))
        #expect(report.findings == [])
        #expect(report.operations == 4)
        #expect(report.summary("f") == "f: fine (4 operations)")
    }

    @Test func `writes without a condition are errors, removals warnings`() {
        let text = description(
            """
                put:
                  responses: { 200: { description: ok } }
                patch:
                  responses: { 200: { description: ok } }
                delete:
                  responses: { 204: { description: ok } }
            """
        )
        let findings = APILint.check(Array(text.utf8)).findings
        #expect(findings.map(\.severity) == [.error, .error, .warning])
        #expect(findings.map(\.line) == [4, 6, 8])
        #expect(findings.allSatisfy { $0.rule == .writeWithoutCondition && $0.column == 5 })
        #expect(
            findings[0].rendered("api.yaml").hasPrefix("api.yaml:4:5: error: PUT /items/{id}: nothing names a version")
        )
        #expect(findings[0].rendered("api.yaml").contains("require-condition: true"))
    }

    @Test func `a merge patch is named as such`() {
        let text = description(
            """
                patch:
                  requestBody: { content: { application/merge-patch+json: { schema: {} } } }
                  responses: { 200: { description: ok } }
            """
        )
        #expect(rules(text) == ["merge-patch-without-condition 4:5"])
    }

    @Test func `half a condition is a warning`() {
        let text = description(
            """
                put:
                  responses: { 412: { description: stale } }
                delete:
                  parameters: [{ in: header, name: if-match }]
                  responses: { 204: { description: gone } }
            """
        )
        #expect(rules(text) == ["condition-undocumented 4:5", "refusal-undocumented 6:5"])
    }

    @Test func `a read of what can be written needs a tag`() {
        let read = "    get:\n      responses: { 200: { description: ok } }\n"
        let condition = "      parameters: [{ in: header, name: If-Match }]\n"
        let write = "    put:\n" + condition + "      responses: { 412: { description: no } }\n"
        #expect(rules(description(read)) == [])
        #expect(rules(description(read + write)) == ["read-without-etag 4:5"])
    }

    @Test(arguments: [
        "example: 'W/\"1\"'", "schema: { default: 'W/\"1\"' }", "examples: { a: { value: 'W/\"1\"' } }",
        "schema: { examples: ['W/\"1\"'] }",
    ])
    func `a weak example is found wherever it stands`(_ example: String) {
        let text = description(
            """
                get:
                  responses: { 200: { description: ok, headers: { ETag: { \(example) } } } }
                put:
                  parameters: [{ in: header, name: If-Match }]
                  responses: { 412: { description: no } }
            """
        )
        #expect(APILint.check(Array(text.utf8)).findings.map(\.rule) == [.weakETag])
    }

    @Test(arguments: [
        ("201: { description: made }", true), ("200: { description: ok, headers: { Location: {} } }", true),
        ("200: { description: ok }", false), ("400: { description: no, headers: { Location: {} } }", false),
    ])
    func `a creation needs a key`(_ response: String, _ isCreation: Bool) {
        let found = rules(description("    post:\n      responses: { \(response) }\n"))
        #expect(found == (isCreation ? ["create-without-idempotency-key 4:5"] : []))
        let keyed =
            "    post:\n      parameters: [{ in: header, name: idempotency-key }]\n      responses: { \(response) }\n"
        #expect(rules(description(keyed)) == [])
    }

    @Test(arguments: [
        ("{ description: Conflict }", true), ("{}", true), ("{ description: The name is already taken }", false),
        ("{ description: Conflict, content: { application/problem+json: { schema: {} } } }", false),
        ("{ description: Conflict, content: { application/problem+json: {} } }", true),
        ("{ $ref: 'errors.yaml#/conflict' }", false),
    ])
    func `a 409 says which`(_ response: String, _ isFound: Bool) {
        let found = rules(description("    post:\n      responses:\n        409: \(response)\n"))
        #expect(found == (isFound ? ["unexplained-conflict 6:9"] : []))
    }

    @Test func `references elsewhere are judged by their name`() {
        let text = description(
            """
                put:
                  parameters: [{ $ref: 'common.yaml#/parameters/If-Match' }]
                  responses: { 412: { description: no } }
            """
        )
        #expect(rules(text) == [])
    }

    @Test func `JSON is read with its places, tabs and surrogates`() {
        let text = """
            {
            \t"openapi": "3.0.0", "info": {"title": "\\ud83d\\ude00 \\\\ud83d"},
            \t"paths": {"/a": {
            \t\t"put": {"responses": {"200": {"description": "x"}}}}}
            }
            """
        #expect(rules(text) == ["write-without-condition 4:3"])
    }

    @Test func `aliases and merge keys are followed`() {
        let text = """
            openapi: 3.1.0
            x: &head { in: header }
            y: &match { <<: *head, name: If-Match }
            paths:
              /a:
                put:
                  parameters: [*match]
                  responses: { 412: { description: '*' } }
            """
        #expect(rules(text) == [])
    }

    @Test(arguments: [
        ("", "the file is empty"), ("a: [", "neither YAML nor JSON"), ("a: 1", "no OpenAPI description"),
        ("swagger: '2.0'", "OpenAPI 2 is not read"), ("openapi: 4.0", "OpenAPI 4.0 is not read"),
        ("openapi: 3.0.0\npaths: *none", "refers to no anchor"), ("openapi: 3.0.0\na: 1\na: 2", "twice"),
        ("[]", "no OpenAPI description"), ("? [a]\n: b", "must be a plain text"),
    ])
    func `what cannot be read is an error with its place`(_ text: String, _ words: String) {
        let findings = APILint.check(Array(text.utf8)).findings
        #expect(findings.map(\.rule) == [.unreadable])
        #expect(findings.first?.severity == .error)
        #expect(findings.first?.message.contains(words) == true, "\(findings)")
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(APILint.check([0xFF, 0xFE]).findings.first?.message == "the file is not UTF-8")
    }

    @Test func `a description that grows without bound is refused`() {
        var text = "openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(APILint.check(Array(text.utf8)).findings.first?.message.contains("aliases repeat") == true)
    }

    @Test(arguments: ["[", "{a: ", "- ", "{\"a\":["])
    func `a description that nests too deep is refused`(_ opening: String) {
        let text = "openapi: 3.0.0\nx: \n " + String(repeating: opening, count: 5_000)
        #expect(APILint.check(Array(text.utf8)).findings.first?.message.contains("levels of nesting") == true)
    }

    @Test func `references in a circle end`() {
        let text = description("    $ref: '#/paths/~1items~1{id}'\n")
        #expect(rules(text) == [])
    }

    @Test(arguments: UInt64(1)...200)
    func `broken descriptions never trap`(_ seed: UInt64) {
        var chance = RandomBytes(seed: seed)
        let text = description("    put: &a\n      responses: { 409: *a, '200': { headers: { ETag: 'W/x' } } }\n")
        let report = APILint.check(chance.broken(Array(text.utf8)))
        #expect(report.findings.allSatisfy { $0.line > 0 && $0.column > 0 })
    }

    @Test func `the report for a program says the same`() {
        let report = APILint.check(Array(description("    put: {}\n").utf8))
        let json = report.json("f")
        #expect(json["findings"]?[0]?["rule"] == "write-without-condition")
        #expect(json["findings"]?[0]?["line"]?.integer == 4)
        #expect(report.summary("f") == "f: 1 error, 0 warnings in 1 operation")
    }
}
