/// Rules for reads of what can be written.
enum ReadRules {
    /// What is wrong with `operation`, whose path can be written.
    static func check(_ operation: SpecOperation) -> [LintFinding] {
        missingTag(operation) + weakTags(operation)
    }

    private static func missingTag(_ operation: SpecOperation) -> [LintFinding] {
        let successes = operation.responses.filter(\.isSuccess)
        guard operation.method == "GET", !successes.isEmpty else { return [] }
        // A reference that leads elsewhere could hold anything.
        let hasTag = successes.contains { $0.node["$ref"] != nil || operation.header("etag", of: $0) != nil }
        guard !hasTag else { return [] }
        return [
            LintFinding(
                .readWithoutETag,
                in: operation,
                message: "its answer has no ETag, so a client that writes cannot say what it read",
                remedy: "document and send a strong ETag; Parley makes one with `conflict: { level: serialise }`"
            )
        ]
    }

    private static func weakTags(_ operation: SpecOperation) -> [LintFinding] {
        operation.responses.compactMap { response in
            guard let header = operation.header("etag", of: response), let weak = weakExample(header) else {
                return nil
            }
            return LintFinding(
                .weakETag,
                at: weak,
                in: operation,
                message: "the example of its ETag is weak, and If-Match never matches a weak tag (RFC 9110, 13.1.1)",
                remedy: "give strong tags; Parley makes them with `conflict: { level: serialise }`"
            )
        }
    }

    /// Where a weak example stands.
    private static func weakExample(_ header: SpecNode) -> TextPlace? {
        let schema = header["schema"]
        let single = [header["example"], schema?["example"], schema?["default"], schema?["const"]].compactMap(\.self)
        let several =
            (header["examples"]?.members ?? []).compactMap { $0.value["value"] } + (schema?["examples"]?.items ?? [])
        return (single + several).first { $0.text?.hasPrefix("W/") ?? false }?.place
    }
}
