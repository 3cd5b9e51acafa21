/// Why a JSON schema cannot be used.
package struct JSONSchemaFault: Error, Sendable, Equatable {
    /// Where in the schema: a JSON pointer to the schema that has the keyword, empty for the outermost one.
    package let place: String
    /// The keyword that cannot be used; empty where the schema itself is meant.
    package let keyword: String
    /// What is wrong, as the rest of a sentence that begins with the keyword.
    package let message: String
    /// What to do about it, as a clause of its own.
    package let remedy: String

    /// A fault of `keyword` at `place`.
    init(_ keyword: String, at place: String, _ message: String, remedy: String) {
        self.place = place
        self.keyword = keyword
        self.message = message
        self.remedy = remedy
    }

    /// All of it in one sentence, without a full stop.
    package var summary: String {
        let whose = place.isEmpty ? "outermost in the schema" : "at \(place) of the schema"
        return (keyword.isEmpty ? "what stands" : keyword) + " \(whose) \(message); \(remedy)"
    }
}
