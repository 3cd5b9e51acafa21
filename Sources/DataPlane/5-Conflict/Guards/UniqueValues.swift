import Synchronization

/// Values of unique fields whose creation is in flight; one for the process.
final class UniqueValues: Sendable {
    /// A value of a rule's field.
    struct Value: Hashable, Sendable {
        /// The rule.
        let rule: String
        /// The value in the form in which values are compared.
        let text: String
    }

    private let inFlight = Mutex<Set<Value>>([])

    /// Takes all values, or none; the index of one that somebody else has, if so.
    func take(_ values: [Value]) -> Int? {
        inFlight.withLock { inFlight in
            if let taken = values.firstIndex(where: inFlight.contains) { return taken }
            inFlight.formUnion(values)
            return nil
        }
    }

    /// Gives values back.
    func giveBack(_ values: [Value]) {
        inFlight.withLock { $0.subtract(values) }
    }
}
