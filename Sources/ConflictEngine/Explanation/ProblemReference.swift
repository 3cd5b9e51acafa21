/// The reference of all kinds for the documentation.
package enum ProblemReference {
    /// The text of `docs/problems.md`, made from the same entries as the pages.
    package static func markdown() -> String {
        var lines = [
            "# Problems", "",
            "Generated from the kinds in `ConflictEngine`; do not edit.", "",
            "Every refusal that the gateway makes itself is a problem document (RFC 9457) whose `type` is",
            "`\(ProblemPage.indexPath)/KIND`. The gateway serves these explanations under the same paths.", "",
            "Only calls of language models through a vendor's API are refused in that vendor's own form: see",
            "[models.md](models.md#errors).", "",
            "## 403, 409, 412, 423 or 428?", "", "| status | means | what to do |", "|---|---|---|",
        ]
        lines += StatusComparison.rows.map { "| \($0.status) | \($0.meaning) | \($0.reaction) |" }
        lines += ["", "## Conflicts", ""]
        lines += ProblemEntry.all.filter(\.isConflict).flatMap { section($0) }
        lines += ["## Other refusals", ""]
        lines += ProblemEntry.all.filter { !$0.isConflict }.flatMap { section($0) }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func section(_ entry: ProblemEntry) -> [String] {
        let steps = entry.steps.enumerated().map { "\($0.offset + 1). \($0.element)" }
        let example = entry.example.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        return [
            "### `\(entry.name)`", "", "\(entry.title).", "", "- Status: \(entry.status)",
            "- Same request again? \(entry.again)", "",
        ]
            + [entry.cause, ""] + steps + ["", "```http"] + example + ["```", ""]
    }
}
