import ConflictEngine
import HTTPSemantics

/// Rules for operations that create, and for what is said about their conflicts.
enum CreateRules {
    private static let classifier = ConflictClassifier()

    /// What is wrong with `operation`.
    static func check(_ operation: SpecOperation) -> [LintFinding] {
        creation(operation) + conflicts(operation)
    }

    private static func creation(_ operation: SpecOperation) -> [LintFinding] {
        guard operation.method == "POST", !operation.takesIdempotencyKey else { return [] }
        let creates = operation.responses.contains { response in
            response.status == "201" || response.isSuccess && operation.header("location", of: response) != nil
        }
        guard creates else { return [] }
        return [
            LintFinding(
                .createWithoutIdempotencyKey,
                in: operation,
                message:
                    "creates, and takes no Idempotency-Key, so a request sent again after a lost answer creates twice",
                remedy: "add the header parameter Idempotency-Key, or serve it through Parley with "
                    + "`conflict: { idempotency: { required: true } }`"
            )
        ]
    }

    private static func conflicts(_ operation: SpecOperation) -> [LintFinding] {
        operation.responses.filter { $0.status == "409" && $0.node["$ref"] == nil && !isExplained($0.node, operation) }
            .map { response in
                LintFinding(
                    .unexplainedConflict,
                    at: response.place,
                    in: operation,
                    message: "409 has no schema and does not say which sort of conflict it is",
                    remedy:
                        "say it in the description, and give a problem document (RFC 9457) with a type for each sort"
                )
            }
    }

    /// Whether the answer has a schema, or words that tell its sort.
    private static func isExplained(_ response: SpecNode, _ operation: SpecOperation) -> Bool {
        let hasSchema = (response["content"]?.members ?? []).contains { $0.value["schema"] != nil }
        guard !hasSchema else { return true }
        var object = JSONObject()
        object.set("message", to: .string(response["description"]?.text ?? ""))
        let answer = ObservedAnswer(
            method: operation.method,
            status: 409,
            fields: [("content-type", "application/json")],
            body: JSONWriter.bytes(.object(object))
        )
        return classifier.classify(answer)?.kind != .unspecified
    }
}
