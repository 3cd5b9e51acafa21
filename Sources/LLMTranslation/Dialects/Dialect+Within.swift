package import HTTPSemantics

extension Dialect {
    /// The failure that an answer or one event of a stream tells of under a status of success; `nil` where it tells of none.
    package static func failure(
        within object: JSONObject,
        headers: (String) -> String? = { _ in nil }
    ) -> ModelFailure? {
        guard let error = error(within: object) else { return nil }
        // A number in it stands for the status that there should have been.
        let status = error["code"]?.integer.flatMap { 400..<600 ~= $0 ? $0 : nil } ?? 0
        return failure(status: status, body: JSONWriter.bytes(["error": error]), headers: headers)
    }

    private static func error(within object: JSONObject) -> JSONValue? {
        // OpenAI's Responses have an event that is an error itself, and so are the answers of some servers.
        let isError = object["type"]?.string == "error" || object["object"]?.string == "error"
        let own: JSONValue? = isError ? .object(object) : nil
        guard let error = object["error"] ?? object["response"]?["error"] ?? own else { return nil }
        if case .null = error { return nil }
        return error
    }
}
