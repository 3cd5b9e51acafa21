/// A model's whole answer.
package struct Completion: Sendable, Equatable {
    /// The vendor's identifier of the answer; may be empty.
    package var id: String
    /// The model that answered, by the vendor's name.
    package var model: String
    /// When, in seconds since 1970; 0 where unknown.
    package var created: Int
    /// The answers asked for, nearly always one.
    package var choices: [Choice]
    /// What was counted; `nil` where the vendor did not say.
    package var usage: Usage?
    /// What the model said that no other dialect has a place for.
    package var losses: [Loss] = []

    /// One answer.
    package struct Choice: Sendable, Equatable {
        /// Its number, from 0.
        package var index: Int
        /// Text, calls, thinking, refusal, in order.
        package var parts: [Part]
        /// Why it ended.
        package var stop: StopReason

        /// One answer.
        package init(index: Int = 0, parts: [Part], stop: StopReason) {
            self.index = index
            self.parts = parts
            self.stop = stop
        }
    }

    /// A whole answer.
    package init(id: String, model: String, created: Int = 0, choices: [Choice], usage: Usage? = nil) {
        self.id = id
        self.model = model
        self.created = created
        self.choices = choices
        self.usage = usage
    }
}
