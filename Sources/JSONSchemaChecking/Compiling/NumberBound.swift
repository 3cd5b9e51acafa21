/// A number that others must not go beyond.
struct NumberBound: Sendable {
    /// Which side of the limit is allowed, and whether the limit itself is.
    enum Side: String, Sendable {
        /// The limit or more.
        case least = "minimum"
        /// The limit or less.
        case most = "maximum"
        /// More than the limit.
        case above = "exclusiveMinimum"
        /// Less than the limit.
        case below = "exclusiveMaximum"
    }

    /// The side, which is also the keyword.
    let side: Side
    /// The limit.
    let limit: ExactDecimal
    /// The limit as written.
    let text: String

    /// Whether `number` is on the side that is allowed.
    func allows(_ number: ExactDecimal) -> Bool {
        switch side {
        case .least: number >= limit
        case .most: number <= limit
        case .above: number > limit
        case .below: number < limit
        }
    }

    /// What a number must be.
    var message: String {
        switch side {
        case .least: "must be at least \(text)"
        case .most: "must be at most \(text)"
        case .above: "must be more than \(text)"
        case .below: "must be less than \(text)"
        }
    }
}
