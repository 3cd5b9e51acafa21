import HTTPSemantics
import LLMTranslation
import Testing

@Suite struct ResponsesErrorTests {
    private func read(_ status: Int, _ body: String, _ headers: [String: String] = [:]) -> ModelFailure {
        OpenAIResponsesDialect.failure(status: status, body: Array(body.utf8)) { headers[$0] }
    }

    @Test(arguments: [
        (
            400,
            #"{"error":{"message":"m","type":"invalid_request_error","param":"p","code":"context_length_exceeded"}}"#,
            ModelFailure(.invalidRequest, "m", field: "p", code: "context_length_exceeded", status: 400)
        ),
        (
            401,
            #"{"error":{"message":"Incorrect API key provided: sk-abc.","type":"invalid_request_error","code":"invalid_api_key"}}"#,
            ModelFailure(.authentication, "Incorrect API key provided: sk-…", code: "invalid_api_key", status: 401)
        ),
        (
            429, #"{"error":{"message":"m","type":"insufficient_quota","code":"insufficient_quota"}}"#,
            ModelFailure(.billing, "m", code: "insufficient_quota", status: 429)
        ),
        (
            429, #"{"error":{"message":"m","type":"tokens","code":"rate_limit_exceeded"}}"#,
            ModelFailure(.rateLimited, "m", code: "rate_limit_exceeded", status: 429)
        ),
        (
            503, #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#,
            ModelFailure(.overloaded, "Loading model", code: "unavailable_error", status: 503)
        ),
        (500, #"{"error":"it broke"}"#, ModelFailure(.server, "it broke", status: 500)),
        (404, "no such page", ModelFailure(.notFound, "no such page", status: 404)),
        (
            502, "<html>",
            ModelFailure(.server, "The provider answered with status 502.", status: 502)
        ),
        (529, "", ModelFailure(.overloaded, "The provider answered with status 529.", status: 529)),
    ])
    func `errors are read`(status: Int, body: String, failure: ModelFailure) {
        #expect(read(status, body) == failure)
    }

    @Test(
        arguments: [
            (["retry-after-ms": "1500", "retry-after": "9"], 1500), (["retry-after": "2"], 2000),
            (["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m0.5s"], 60500),
            (["x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "1m"], nil),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "12ms"], 12),
            (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "soon"], nil),
            (["retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"], nil), (["retry-after": "-1"], nil),
            (["retry-after": "1e300"], 86_400_000), (["retry-after-ms": "12.5"], 13),
        ] as [([String: String], Int?)]
    )
    func `the wait is read`(headers: [String: String], wait: Int?) {
        #expect(read(429, "{}", headers).retryAfter == wait)
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
    func `errors are written, and read as what they were`(
        kind: ModelFailure.Kind,
        status: Int,
        type: String,
        code: String?
    ) throws {
        let answer = OpenAIResponsesDialect.answer(to: ModelFailure(kind, "m", field: "f"), requestID: "r")
        let error = try JSONParser.parse(answer.body)["error"]
        #expect(answer.status == status)
        #expect(error?.object?.members.map(\.name) == ["message", "type", "param", "code"])
        #expect(error?["message"] == "m" && error?["param"] == "f")
        #expect(error?["type"]?.string == type && error?["code"]?.string == code)
        let failure = OpenAIResponsesDialect.failure(status: status, body: answer.body) { _ in nil }
        #expect(failure.kind == kind)
    }

    @Test func `a code that clients of OpenAI know is kept, any other is not`() throws {
        for (code, kept) in [("context_length_exceeded", true), ("INVALID_ARGUMENT", false)] {
            let answer = OpenAIResponsesDialect.answer(
                to: ModelFailure(.invalidRequest, "m", code: code),
                requestID: "r"
            )
            #expect(try JSONParser.parse(answer.body)["error"]?["code"] == (kept ? .string(code) : .null))
        }
    }
}
