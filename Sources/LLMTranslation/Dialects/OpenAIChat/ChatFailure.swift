package import HTTPSemantics

/// Reads errors of OpenAI's dialects, Mistral and the servers that speak like them: `{"error":{…}}`, `{"error":"…"}`,
/// `{"object":"error",…}`, `{"message":…}` and `{"detail":…}`, in a list of one too.
package enum ChatFailure {
    /// Longest message that is taken over (characters).
    private static let longest = 2000

    /// Reads an error answer of any bytes.
    package static func read(status: Int, body: [UInt8], headers: (String) -> String?) -> ModelFailure {
        let value = try? JSONParser.parse(answer: body)
        var failure: ModelFailure
        if let object = value?.object ?? value?[0]?.object {
            failure = read(object, status: status)
        } else {
            let message = plainText(body) ?? unexplained(status)
            failure = ModelFailure(ModelFailure.kind(of: status), message, status: status)
        }
        let isRateLimit = failure.kind == .rateLimited
        failure.retryAfter = isRateLimit ? RetryAdvice.millisecondsOrLimits(headers) : RetryAdvice.milliseconds(headers)
        return failure
    }

    /// The error that an object within an answer of status 200 is; `nil` for one that is none.
    package static func inBand(_ object: JSONObject) -> ModelFailure? {
        let isError: Bool
        switch object["error"] {
        case .object, .array: isError = true
        case .string(let text): isError = !text.isEmpty
        default: isError = object["object"]?.string == "error" && object["message"] != nil
        }
        return isError ? read(object, status: 0) : nil
    }

    /// The error that stands within an answer of status 200 in a place of its own.
    static func inBand(_ error: JSONValue?) -> ModelFailure { read(JSONObject([("error", error ?? .null)]), status: 0) }

    private static func read(_ object: JSONObject, status: Int) -> ModelFailure {
        let inner = object["error"]?.object ?? object
        let type = inner["type"]?.string
        let number = inner["code"]?.integer
        let unexplained = unexplained(status)
        // Within an answer of status 200 a number stands for the status that there should have been.
        let status = status == 0 ? number.flatMap { 400..<600 ~= $0 ? $0 : nil } ?? 0 : status
        let code = inner["code"]?.string ?? number.map { String($0) }
        let message = words(object["error"]) ?? words(inner["message"]) ?? words(inner["detail"])
        var failure = ModelFailure(
            kind(status: status, type: type ?? "", code: code ?? ""),
            message.map { KeyMask.masked(String($0.prefix(longest))) } ?? unexplained,
            field: inner["param"]?.string,
            // A number that repeats the status says less than the type.
            code: number == status ? type ?? code : code ?? type,
            status: status
        )
        if status == 403, failure.kind == .permission, isModeration(inner, message ?? "") {
            failure.kind = .invalidRequest
            failure.code = "content_policy_violation"
        }
        return failure
    }

    /// Whether it is the request's content that is refused, which OpenRouter answers with 403 as well; accounts that were
    /// flagged are another matter.
    private static func isModeration(_ error: JSONObject, _ message: String) -> Bool {
        let metadata = error["metadata"]
        if metadata?["flagged_input"]?.string != nil || metadata?["reasons"]?.array != nil { return true }
        let words = message.lowercased()
        guard !words.contains("account"), !words.contains("organization") else { return false }
        return words.contains("moderation") || words.contains("flagged")
    }

    /// The words of a message, which may be a text, an object or a list of faults with their places.
    private static func words(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: return text.isEmpty ? nil : text
        case .object(let object)?:
            if let words = words(object["message"]) ?? words(object["detail"]) ?? words(object["msg"]) {
                let place = (object["loc"]?.array ?? []).compactMap { $0.string ?? $0.integer.map { String($0) } }
                return place.isEmpty ? words : "\(place.joined(separator: ".")): \(words)"
            }
            return nil
        case .array(let elements)?:
            let all = elements.prefix(20).compactMap(words)
            return all.isEmpty ? nil : all.joined(separator: "; ")
        default: return nil
        }
    }

    private static func kind(status: Int, type: String, code: String) -> ModelFailure.Kind {
        let said = [code.lowercased(), type.lowercased()]
        let isServerFault = status >= 500
        let isMoney = said.contains { word in billing.contains { word.contains($0) } }
        if isMoney, !isServerFault { return .billing }
        if said.contains("not_supported_error") { return .invalidRequest }
        if status == 400, code == "invalid_api_key" { return .authentication }
        // OpenAI says so of models that a project may not use: that is no fault of the key's.
        if status == 403, said.contains("model_not_found") { return .notFound }
        if status >= 400 { return ModelFailure.kind(of: status) }
        if let number = Int(code), 400..<600 ~= number { return ModelFailure.kind(of: number) }
        return said.lazy.compactMap { kinds[$0] }.first ?? .server
    }

    private static let billing = ["insufficient_quota", "billing", "credit"]
    private static let kinds: [String: ModelFailure.Kind] = [
        "rate_limit_exceeded": .rateLimited, "rate_limit_error": .rateLimited, "requests": .rateLimited,
        "tokens": .rateLimited, "invalid_api_key": .authentication, "authentication_error": .authentication,
        "permission_error": .permission, "model_not_found": .notFound, "not_found_error": .notFound,
        "overloaded_error": .overloaded, "unavailable_error": .overloaded, "timeout": .timeout,
        "timeout_error": .timeout, "request_too_large": .tooLarge, "context_length_exceeded": .invalidRequest,
        "exceed_context_size_error": .invalidRequest, "invalid_request_error": .invalidRequest,
        "invalid_prompt": .invalidRequest,
    ]

    /// A short text that is not markup, such as «Internal Server Error».
    private static func plainText(_ body: [UInt8]) -> String? {
        guard (1...300).contains(body.count), body.first != UInt8(ascii: "<"), body.first != UInt8(ascii: "{") else {
            return nil
        }
        guard let text = String(validating: body, as: UTF8.self) else { return nil }
        let isText = !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\r" && $0 != "\t" }
        return isText ? KeyMask.masked(text) : nil
    }

    private static func unexplained(_ status: Int) -> String {
        status == 0
            ? "The provider reported an error without saying which." : "The provider answered with status \(status)."
    }
}
