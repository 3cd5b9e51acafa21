import Catalog

/// The policy `headers`, compiled to bytes.
final class HeaderPlan: Sendable {
    /// Changes to one direction.
    struct Changes: Sendable {
        /// Whole lines to add, each ending in CRLF.
        let lines: [UInt8]
        /// Names, in lower case, of fields that do not pass: those removed and those set.
        let dropped: [[UInt8]]

        /// Compiles the changes.
        init(_ changes: HeaderPolicy.Changes) {
            lines = changes.set.flatMap { Array("\($0.name): \($0.value)\r\n".utf8) }
            dropped = (changes.remove + changes.set.map(\.name)).map { Array($0.lowercased().utf8) }
        }

        /// Whether nothing changes.
        var isEmpty: Bool { lines.isEmpty && dropped.isEmpty }
    }

    /// Changes to requests.
    let request: Changes
    /// Changes to answers.
    let response: Changes

    /// Compiles the changes.
    init(_ policy: HeaderPolicy) {
        request = Changes(policy.request)
        response = Changes(policy.response)
    }
}
