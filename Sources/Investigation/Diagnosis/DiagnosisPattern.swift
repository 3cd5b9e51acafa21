/// Something that only several exchanges together show.
package enum DiagnosisPattern: String, Sendable, CaseIterable {
    /// The same creation was sent twice and done twice.
    case duplicatePost = "duplicate-post"
    /// The same request failed again and again within a short time.
    case retryStorm = "retry-storm"
    /// A write without a condition replaced what somebody else had written after its writer last read.
    case possibleLostUpdate = "possible-lost-update"

    /// One sentence that is the same for every occurrence.
    package var title: String {
        switch self {
        case .duplicatePost: "The same creation was sent and done more than once"
        case .retryStorm: "The same request failed again and again within a short time"
        case .possibleLostUpdate: "A write without a version replaced somebody else's"
        }
    }

    /// What to do, step by step.
    package var steps: [String] {
        switch self {
        case .duplicatePost:
            [
                "See whether there are two resources now where one was meant.",
                "Send an Idempotency-Key with each creation, the same one when it is sent again.",
                "Operators: set idempotency on the route, so that the second one gets the first one's answer.",
            ]
        case .retryStorm:
            [
                "Wait as long as Retry-After says, twice as long each time, with a random part.",
                "After 409 and 412, read and apply the change anew: the same bytes can only fail again.",
            ]
        case .possibleLostUpdate:
            [
                "Compare the resource with what the other writer sent, and restore what is gone.",
                "Send the ETag that was read in If-Match.",
                "Operators: set conflict: { level: serialise, require-condition: true } on the route.",
            ]
        }
    }
}
