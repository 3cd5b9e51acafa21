extension Result {
    /// Why it failed; `nil` if it did not.
    var fault: Failure? {
        guard case .failure(let fault) = self else { return nil }
        return fault
    }
}
