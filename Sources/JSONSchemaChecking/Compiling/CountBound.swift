/// How many characters, elements or members there must be at least or at most.
struct CountBound: Sendable {
    /// The keyword, such as `minItems`.
    let keyword: String
    /// What is counted, in the singular.
    let unit: String
    /// Whether more than the limit is allowed, and not less.
    let isLeast: Bool
    /// The limit.
    let limit: Int

    /// Whether so many are allowed.
    func allows(_ count: Int) -> Bool { isLeast ? count >= limit : count <= limit }

    /// What the value must have.
    var message: String { "must have at \(isLeast ? "least" : "most") \(Wording.count(limit, unit))" }
}
