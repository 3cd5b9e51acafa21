import HTTPSemantics
import LLMTranslation
import Testing

struct GeminiErrorTests {
    private func failure(_ status: Int, _ body: String, _ headers: [String: String] = [:]) -> ModelFailure {
        GeminiDialect.failure(status: status, body: Array(body.utf8)) { headers[$0] }
    }

    @Test func `a wait that is asked for is told, in a list too`() {
        let expected = ModelFailure(
            .rateLimited,
            "Too often.",
            code: "RESOURCE_EXHAUSTED",
            status: 429,
            retryAfter: 34_500
        )
        #expect(failure(429, GeminiVectors.error) == expected)
        #expect(failure(429, "[\(GeminiVectors.error)]") == expected)
        #expect(failure(429, "{}", ["retry-after": "7"]).retryAfter == 7_000)
        #expect(failure(429, GeminiVectors.error, ["retry-after-ms": "99000"]).retryAfter == 99_000)
    }

    @Test(
        arguments: [
            ("0.5s", 500), ("90000s", 86_400_000), ("1.0001s", 1001), ("-1s", nil), ("soon", nil), ("", nil),
        ] as [(String, Int?)]
    )
    func `a delay is read, up to a day`(delay: String, wait: Int?) {
        let body = #"{"error":{"message":"m","details":[{"retryDelay":"\#(delay)"}]}}"#
        #expect(failure(429, body).retryAfter == wait)
    }

    @Test(arguments: [
        (400, "INVALID_ARGUMENT", ModelFailure.Kind.invalidRequest), (400, "FAILED_PRECONDITION", .invalidRequest),
        (401, "UNAUTHENTICATED", .authentication), (403, "PERMISSION_DENIED", .permission),
        (404, "NOT_FOUND", .notFound),
        (429, "RESOURCE_EXHAUSTED", .rateLimited), (499, "CANCELLED", .server), (500, "INTERNAL", .server),
        (503, "UNAVAILABLE", .overloaded), (504, "DEADLINE_EXCEEDED", .timeout), (413, "INVALID_ARGUMENT", .tooLarge),
        (418, "NEW", .invalidRequest),
    ])
    func `sorts of failure are understood`(status: Int, word: String, kind: ModelFailure.Kind) {
        let failure = failure(status, #"{"error":{"code":\#(status),"message":"m","status":"\#(word)"}}"#)
        #expect(failure == ModelFailure(kind, "m", code: word, status: status))
    }

    @Test func `a bad key comes with 400, a quota of a day is no matter of waiting`() {
        let key =
            #"{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}"#
        #expect(failure(400, key) == ModelFailure(.authentication, "m", code: "API_KEY_INVALID", status: 400))
        let daily = #"""
            {"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED",
             "details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProject"}]}]}}
            """#
        #expect(failure(429, daily).kind == .billing)
    }

    @Test(arguments: ["", "<html>", "[]", "{\"error\":null}", "{\"error\":{\"message\":1}}", "\u{0}", "[[]]"])
    func `any bytes give a failure`(body: String) {
        let failure = failure(502, body)
        #expect(failure.kind == .server && failure.status == 502 && !failure.message.isEmpty)
    }

    @Test(arguments: ModelFailure.Kind.allCases)
    func `every failure is written in Google's words and understood again`(kind: ModelFailure.Kind) throws {
        let answer = GeminiDialect.answer(to: ModelFailure(kind, "m", retryAfter: 2_050), requestID: "id")
        let body = try JSONParser.parse(answer.body)
        #expect(body["error"]?["code"]?.integer == answer.status && answer.status != 409)
        #expect(body["error"]?["details"]?[0]?["retryDelay"] == "2.050s")
        let back = GeminiDialect.failure(status: answer.status, body: answer.body) { _ in nil }
        // Google has no word for money.
        #expect(back.kind == (kind == .billing ? .invalidRequest : kind) && back.retryAfter == 2_050)
    }
}
