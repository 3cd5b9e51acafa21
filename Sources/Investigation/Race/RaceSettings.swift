/// What a race does, as it was asked for.
package struct RaceSettings: Sendable, Equatable {
    /// How the field is changed.
    package enum ChangeForm: String, Sendable, CaseIterable {
        /// A whole number grows by one; a text or a list gets a mark of its own.
        case automatic = "auto"
        /// A whole number grows by one.
        case increment
        /// A text or a list gets a mark that no other write has.
        case append
    }

    /// How many writers race; 1 to 64.
    package var writers = 4
    /// How many writes each of them wants to get through; 1 to 1,000.
    package var writes = 5
    /// The field that is changed, as a JSON pointer (RFC 6901).
    package var field = "/n"
    /// The method of writes: PUT, PATCH or POST.
    package var method = "PUT"
    /// How the field is changed.
    package var form = ChangeForm.automatic
    /// Header fields of every request, in their order.
    package var fields: [RaceField] = []
    /// Whether a tag that was read is sent back in If-Match.
    package var usesCondition = true
    /// The most requests that may be sent in all, creation included; `nil` for what the race can need at most.
    package var maximumRequests: Int?
    /// Chance for marks and for the order of the writers.
    package var seed: UInt64 = 0

    /// The defaults of `parley race`.
    package init() {}

    /// The requests that no race can do without: the first and the last read, and one read with its write.
    static let fewestRequests = 5

    /// What is wrong with the settings, in words for whoever typed them; `nil` if nothing is.
    package var complaint: String? {
        if !(1...64).contains(writers) { return "--writers takes a number from 1 to 64" }
        if !(1...1000).contains(writes) { return "--writes takes a number from 1 to 1000" }
        if !["PUT", "PATCH", "POST"].contains(method) { return "--method takes PUT, PATCH or POST, not «\(method)»" }
        if !field.isEmpty, field.utf8.first != UInt8(ascii: "/") {
            return "--field takes a JSON pointer such as /n or /stock/count, not «\(field)»"
        }
        if let maximumRequests, maximumRequests < Self.fewestRequests + 1 {
            return "--max-requests takes a number of at least \(Self.fewestRequests + 1): fewer cannot show anything"
        }
        return nil
    }
}
