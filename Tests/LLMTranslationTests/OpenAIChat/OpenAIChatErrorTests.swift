import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct OpenAIChatErrorTests {
    private func read(_ status: Int, _ body: String, _ fields: [String: String] = [:]) -> ModelFailure {
        OpenAIChatDialect.failure(status: status, body: Array(body.utf8)) { fields[$0] }
    }

    @Test(arguments: [
        (
            400, #"{"error":{"message":"m","type":"invalid_request_error","param":"p","code":"invalid_value"}}"#,
            "invalid-request"
        ),
        (401, #"{"error":{"message":"m","type":"invalid_request_error","code":"invalid_api_key"}}"#, "authentication"),
        (402, #"{"error":{"message":"m"}}"#, "billing"), (403, #"{"error":{"message":"m"}}"#, "permission"),
        (404, #"{"error":{"message":"m","code":"model_not_found"}}"#, "not-found"),
        (403, #"{"error":{"message":"m","type":"invalid_request_error","code":"model_not_found"}}"#, "not-found"),
        (403, #"{"error":{"message":"m","code":403,"metadata":{"reasons":["x"]}}}"#, "invalid-request"),
        (403, #"{"error":{"message":"The input was flagged by moderation"}}"#, "invalid-request"),
        (403, #"{"error":{"message":"Your account has been flagged"}}"#, "permission"),
        (409, #"{"error":{"message":"m"}}"#, "invalid-request"), (413, #"{"error":"m"}"#, "too-large"),
        (422, #"{"detail":[{"loc":["body","x"],"msg":"m","type":"t"}]}"#, "invalid-request"),
        (429, #"{"error":{"message":"m","type":"requests","code":"rate_limit_exceeded"}}"#, "rate-limited"),
        (429, #"{"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}}"#, "billing"),
        (500, #"{"error":{"message":"m","type":"server_error"}}"#, "server"),
        (501, #"{"error":{"code":501,"message":"m","type":"not_supported_error"}}"#, "invalid-request"),
        (502, "<html>", "server"),
        (503, #"{"error":{"code":503,"message":"m","type":"unavailable_error"}}"#, "overloaded"),
        (529, "", "overloaded"), (504, "x", "timeout"), (408, "{}", "timeout"), (400, "[[[", "invalid-request"),
        (400, #"[{"error":{"message":"m","code":400}}]"#, "invalid-request"),
    ])
    func `each error is of its sort`(status: Int, body: String, kind: String) {
        let failure = read(status, body)
        #expect(failure.kind.rawValue == kind && failure.status == status && !failure.message.isEmpty)
    }

    @Test func `words, field and code are taken over`() {
        let failure = read(400, #"{"error":{"message":"Bad x","type":"t","param":"x","code":7}}"#)
        #expect(failure.message == "Bad x" && failure.field == "x" && failure.code == "7")
        #expect(read(422, #"{"detail":[{"loc":["body","x",0],"msg":"m"}]}"#).message == "body.x.0: m")
        #expect(read(401, #"{"message":"Unauthorized","request_id":"r"}"#).message == "Unauthorized")
        #expect(read(400, #"{"object":"error","message":{"detail":"deep"},"type":"t"}"#).message == "deep")
        #expect(read(500, "Internal Server Error").message == "Internal Server Error")
        #expect(read(502, "<html>secret</html>").message == "The provider answered with status 502.")
    }

    @Test func `a key that the vendor repeats is not shown`() {
        let failure = read(401, #"{"error":{"message":"Incorrect API key provided: sk-abc***xyz. See docs"}}"#)
        #expect(failure.message == "Incorrect API key provided: sk-… See docs")
    }

    @Test(
        arguments: [
            (["retry-after": "2"], 2000), (["retry-after-ms": "15.2", "retry-after": "2"], 16),
            (["retry-after": "-1"], nil),
            (["retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"], nil), (["retry-after": "1e300"], 86_400_000),
            (["retry-after": "90000"], 86_400_000), (["retry-after": "1e999"], 86_400_000),
            (["retry-after": "nan"], nil), (["retry-after-ms": "soon", "retry-after": "2"], 2000),
            ([:], nil), (["ratelimitbysize-reset": "3"], 3000),
            (["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "48h"], 86_400_000),
            (["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"], 360_000),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "12ms"], 12),
            (["x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "12ms"], nil),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "soon"], nil),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "1h0m1.5s"], 3_601_500),
        ] as [([String: String], Int?)]
    )
    func `the wait that is asked for is read`(fields: [String: String], wait: Int?) {
        #expect(read(429, "{}", fields).retryAfter == wait)
    }

    @Test func `limits that are used up count for errors that are about limits only`() {
        let fields = ["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "12ms"]
        #expect(read(401, "{}", fields).retryAfter == nil && read(429, "{}", fields).retryAfter == 12)
    }

    @Test func `a number says less than a type, unless it differs from the status`() {
        #expect(read(503, #"{"error":{"message":"m","type":"t","code":503}}"#).code == "t")
        #expect(read(503, #"{"error":{"message":"m","type":"t","code":7}}"#).code == "7")
        #expect(read(503, #"{"error":{"message":"m","code":503}}"#).code == "503")
    }

    @Test(
        arguments: [
            (ModelFailure.Kind.invalidRequest, 400, "invalid_request_error", nil),
            (.authentication, 401, "invalid_request_error", "invalid_api_key"),
            (.billing, 429, "insufficient_quota", "insufficient_quota"), (.permission, 403, "permission_error", nil),
            (.notFound, 404, "invalid_request_error", "model_not_found"),
            (.tooLarge, 413, "invalid_request_error", "request_too_large"),
            (.rateLimited, 429, "requests", "rate_limit_exceeded"), (.timeout, 504, "timeout", nil),
            (.server, 500, "server_error", nil), (.overloaded, 503, "server_error", nil),
        ] as [(ModelFailure.Kind, Int, String, String?)]
    )
    func `each sort of failure has its envelope`(
        kind: ModelFailure.Kind,
        status: Int,
        type: String,
        code: String?
    ) throws {
        let failure = ModelFailure(kind, "Because.", field: "model", code: "FOREIGN", status: 418)
        let answer = OpenAIChatDialect.answer(to: failure, requestID: "r")
        #expect(answer.status == status)
        let code = code.map { JSONValue.string($0) } ?? .null
        let error: JSONValue = ["message": "Because.", "type": .string(type), "param": "model", "code": code]
        #expect(try JSONParser.parse(answer.body) == ["error": error])
        #expect(OpenAIChatDialect.failure(status: status, body: answer.body) { _ in nil }.kind == kind)
    }

    @Test func `every sort of failure has an answer, and none is 409`() {
        for kind in ModelFailure.Kind.allCases {
            let failure = ModelFailure(kind, "x")
            #expect(OpenAIChatDialect.answer(to: failure, requestID: "").status != 409)
            #expect(MistralDialect.answer(to: failure, requestID: "").status != 409)
        }
    }
}
