import Catalog
import ConflictEngine
import Testing

struct ConflictClassifierTests {
    private func answer(
        _ status: Int,
        _ body: String,
        method: String = "PUT",
        fields: [(name: String, value: String)] = [],
        conditions: SentConditions = SentConditions(),
    ) -> ObservedAnswer {
        ObservedAnswer(method: method, status: status, conditions: conditions, fields: fields, body: Array(body.utf8))
    }

    @Test func `an operator's rule comes before everything built in`() {
        let rules = [
            ClassificationRule(status: 500, body: "Duplicate KEY", kind: "uniqueness"),
            ClassificationRule(status: 409, header: .init(name: "X-Why", value: "busy"), kind: "contended"),
            ClassificationRule(status: 418, kind: "state"),
            ClassificationRule(status: 409, kind: "no-such-kind"),
        ]
        let classifier = ConflictClassifier(rules: rules)
        #expect(classifier.classify(answer(500, "oh: duplicate key 7"))?.kind == .uniqueness)
        #expect(classifier.classify(answer(500, "oh: no"))?.kind == nil)
        #expect(classifier.classify(answer(409, "already exists", fields: [("x-why", "too Busy")]))?.kind == .contended)
        #expect(classifier.classify(answer(409, "already exists"))?.kind == .alreadyExists)
        #expect(classifier.classify(answer(418, ""))?.kind == .state)
        #expect(classifier.inspects(status: 418))
        #expect(!ConflictClassifier().inspects(status: 418))
    }

    @Test(arguments: [200, 201, 204, 301, 401, 403, 404, 410, 502, 504])
    func `other statuses are never looked at`(status: Int) {
        #expect(!ConflictClassifier().inspects(status: status))
        #expect(ConflictClassifier().classify(answer(status, "{\"error\":\"conflict: already exists\"}")) == nil)
    }

    @Test func `a stale version has two names`() {
        let body = "{\"message\":\"the document was modified by another user\"}"
        let classifier = ConflictClassifier()
        #expect(classifier.classify(answer(409, body))?.kind == .staleVersionImplicit)
        #expect(classifier.classify(answer(409, body, conditions: .init(ifMatch: true)))?.kind == .staleVersion)
        #expect(classifier.classify(answer(412, body))?.kind == .staleVersion)
    }

    @Test func `a failed condition decides what words could only confuse`() {
        let body = "{\"message\":\"precondition failed: already exists or locked\"}"
        let classifier = ConflictClassifier()
        #expect(classifier.classify(answer(412, body, conditions: .init(ifMatch: true)))?.kind == .staleVersion)
        let create = SentConditions(ifNoneMatch: true, ifNoneMatchAny: true)
        #expect(classifier.classify(answer(412, body, conditions: create))?.kind == .alreadyExists)
    }

    @Test(arguments: ["GET", "HEAD"])
    func `a read meets no state and no uniqueness`(method: String) {
        let classifier = ConflictClassifier()
        #expect(classifier.classify(answer(409, "already exists", method: method))?.kind == .suspectedBlock)
        #expect(classifier.classify(answer(400, "{\"message\":\"Order already shipped\"}", method: method)) == nil)
        #expect(classifier.classify(answer(500, "deadlock detected", method: method))?.kind == .contended)
    }

    @Test(arguments: [("3", 3), ("-1", nil), ("soon", nil), ("999999999999", 31_536_000)] as [(String, Int?)])
    func `Retry-After in seconds is picked up`(value: String, seconds: Int?) {
        let finding = ConflictClassifier().classify(answer(409, "", fields: [("retry-after", value)]))
        #expect(finding?.retryAfterSeconds == seconds)
    }

    @Test func `Retry-After as a date counts from the answer's own date`() {
        let fields = [
            (name: "date", value: "Sun, 06 Nov 1994 08:49:37 GMT"),
            (name: "retry-after", value: "Sun, 06 Nov 1994 08:50:07 GMT"),
        ]
        #expect(ConflictClassifier().classify(answer(423, "", fields: fields))?.retryAfterSeconds == 30)
    }

    @Test(arguments: [
        (
            409,
            #"""
            {"error":{"type":"version_conflict_engine_exception",\#
            "reason":"current document has seqNo [3] and primary term [1]"}}
            """#,
            "3/1"
        ),
        (409, "{\"message\":\"version conflict\",\"current_version\":7}", "7"),
        (409, "Version must be incremented on update. Current Version is: [3]. Provided version: [2]", "3"),
    ])
    func `the current version is read from the words`(status: Int, body: String, version: String) {
        #expect(ConflictClassifier().classify(answer(status, body))?.currentVersion == version)
    }

    @Test func `a strong tag of a 412 is the current version, a tag of an error page is not`() {
        let classifier = ConflictClassifier()
        #expect(classifier.classify(answer(412, "", fields: [("etag", "\"v2\"")]))?.currentVersion == "\"v2\"")
        #expect(classifier.classify(answer(412, "", fields: [("etag", "W/\"22-x\"")]))?.currentVersion == nil)
        #expect(classifier.classify(answer(409, "stale", fields: [("etag", "\"v2\"")]))?.currentVersion == nil)
        let upload = answer(409, "", method: "PATCH", fields: [("upload-offset", "100")])
        #expect(classifier.classify(upload)?.currentVersion == "100")
    }

    @Test(arguments: [
        ("duplicate key value violates unique constraint \"users_email_key\"", "users_email_key"),
        ("Duplicate entry 'a' for key 'users.email'", "users.email"),
        ("UNIQUE constraint failed: users.email", "users.email"),
        ("E11000 duplicate key error collection: a.b index: email_1 dup key: { email: \"a\" }", "email"),
        ("{\"errors\":{\"email\":[\"has already been taken\"]}}", "email"),
        ("{\"errors\":[{\"code\":\"already_exists\",\"field\":\"name\"}],\"message\":\"Validation Failed\"}", "name"),
    ])
    func `the field or constraint is named`(body: String, field: String) {
        #expect(ConflictClassifier().classify(answer(422, body, method: "POST"))?.field == field)
    }

    @Test func `the message is the upstream's sentence, without secrets`() {
        let body = "{\"code\":\"conflict\",\"message\":\"token=abc123def already in use by ada@example.com\"}"
        let finding = ConflictClassifier().classify(answer(409, body, method: "POST"))
        #expect(finding?.message == "token=[redacted] already in use by ada@example.com")
        let long = "{\"message\":\"already exists \(String(repeating: "é", count: 3000))\"}"
        #expect((ConflictClassifier().classify(answer(409, long))?.message?.utf8.count ?? 0) <= 2048)
        #expect(ConflictClassifier().classify(answer(409, ""))?.message == nil)
    }

    @Test func `binary bodies say nothing`() {
        let image = answer(409, "already exists", fields: [("content-type", "image/png")])
        #expect(ConflictClassifier().classify(image)?.kind == .unspecified)
    }

    @Test(arguments: UInt64(0)..<100)
    func `any bytes under any status are survived`(seed: UInt64) {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        let marks = Array("{}[]\":,<>/&;#x0\\u d83d\nat Error: (already exists)é".utf8)
        let body = (0..<2000).map { _ in
            next() % 8 == 0 ? UInt8(truncatingIfNeeded: next()) : marks[Int(next() % UInt64(marks.count))]
        }
        let statuses = ConflictClassifier.alwaysConflict.union(ConflictClassifier.sometimesConflict)
        for status in statuses {
            let type = ["application/json", "text/html", "application/xml", ""][Int(next() % 4)]
            let answer = ObservedAnswer(method: "PUT", status: status, fields: [("content-type", type)], body: body)
            let finding = ConflictClassifier().classify(answer)
            #expect(finding != nil || !ConflictClassifier.alwaysConflict.contains(status))
        }
    }

    @Test(arguments: [
        String(repeating: "[", count: 65_536), String(repeating: "{\"a\":", count: 13_000),
        String(repeating: "<a>", count: 21_000),
        String(repeating: "\n", count: 65_536), String(repeating: "x\n", count: 32_000),
        String(repeating: "&#", count: 32_000),
        String(repeating: "\\", count: 65_536), "\"" + String(repeating: "\\u", count: 32_000),
        String(repeating: "<!--", count: 16_000),
        String(repeating: "already ", count: 8_000), String(repeating: "'", count: 65_536),
        String(repeating: "<script", count: 9_000),
    ])
    func `hostile bodies are read in bounded time`(body: String) {
        let start = ContinuousClock.now
        #expect(ConflictClassifier().classify(answer(409, body)) != nil)
        _ = ConflictClassifier().classify(answer(500, body))
        // Generous, for an unoptimised build on a busy machine; anything quadratic takes minutes.
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
