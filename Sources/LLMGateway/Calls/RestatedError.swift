import HTTPSemantics
import LLMTranslation

/// An error under a status that its dialect does not give it by itself.
enum RestatedError {
    /// The error's body, in agreement with the status.
    static func body(_ body: [UInt8], _ failure: ModelFailure, status: Int, in family: Vendor) -> [UInt8] {
        switch family {
        case .gemini: gemini(body, status)
        // Mistral's SDK knows this form, and no other, under 422.
        case .mistral where status == 422: mistral(failure)
        default: body
        }
    }

    /// Google's errors repeat the status.
    private static func gemini(_ body: [UInt8], _ status: Int) -> [UInt8] {
        guard var object = (try? JSONParser.parse(body))?.object, var error = object["error"]?.object else {
            return body
        }
        error.set("code", count: status)
        object.set("error", to: .object(error))
        return JSONWriter.bytes(.object(object))
    }

    private static func mistral(_ failure: ModelFailure) -> [UInt8] {
        let detail: JSONValue = [
            "loc": ["header", "Idempotency-Key"], "msg": .string(failure.message),
            "type": .string(failure.code ?? failure.kind.rawValue),
        ]
        return JSONWriter.bytes(["detail": [detail]])
    }
}
