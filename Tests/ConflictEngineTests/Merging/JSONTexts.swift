import ConflictEngine
import HTTPSemantics

/// The value of a JSON text that a test wrote.
func json(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

/// The pointer that a test wrote.
func pointer(_ text: String) -> JSONPointer { JSONPointer(text) ?? JSONPointer(tokens: ["not a pointer: \(text)"]) }

extension JSONValue {
    /// The value as JSON without white space.
    var text: String { String(decoding: JSONWriter.bytes(self), as: UTF8.self) }
}

extension MergeResult {
    /// Where the conflicts are.
    var places: [String] { conflicts.map(\.pointer.text) }

    /// Whether all was merged.
    var isMerged: Bool { conflicts.isEmpty }
}

/// Merges three texts.
func merge(_ base: String, _ mine: String, _ theirs: String, _ rules: MergeRules = MergeRules()) throws -> MergeResult {
    JSONMerge.merge(base: try json(base), mine: try json(mine), theirs: try json(theirs), rules: rules)
}
