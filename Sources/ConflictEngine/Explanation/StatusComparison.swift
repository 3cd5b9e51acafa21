/// What tells the five statuses apart that are confused most often.
enum StatusComparison {
    /// A row of the comparison.
    struct Row: Sendable {
        /// The status.
        let status: String
        /// What it means.
        let meaning: String
        /// What the client does.
        let reaction: String
    }

    /// The rows in order of status.
    static let rows = [
        Row(
            status: "403",
            meaning: "You may not do this, whatever state the resource is in.",
            reaction: "Ask for the right; the same request is refused tomorrow too.",
        ),
        Row(
            status: "409",
            meaning: "You may, but it clashes with what is there now; you had stated no condition.",
            reaction: "Look at the kind: wait, read again, choose another value, or change the state first.",
        ),
        Row(
            status: "412",
            meaning: "You stated a condition in a header (If-Match and its kin), and it does not hold.",
            reaction: "Read again, apply the change to what you read, send it with the new tag.",
        ),
        Row(
            status: "423",
            meaning: "Somebody holds a lock on it.",
            reaction: "Wait until it is released or expires, or submit the token of your own lock.",
        ),
        Row(
            status: "428",
            meaning: "You stated no condition, and this resource demands one.",
            reaction: "Read it, and send its tag in If-Match.",
        ),
    ]
}
