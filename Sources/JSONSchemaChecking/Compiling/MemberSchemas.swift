import ContentGuarding

/// Which schemas the members of an object must fit.
struct MemberSchemas: Sendable {
    /// `properties`: by name.
    var named: [ExactName: Int] = [:]
    /// `patternProperties`: by what their names match.
    var patterned: [(pattern: LinearPattern, schema: Int)] = []
    /// `additionalProperties`: all that are neither named nor matched.
    var others: Int?
}
