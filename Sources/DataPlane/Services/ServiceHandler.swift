/// Answers the requests of a mounted service; called on the loop of each request.
package protocol ServiceHandler: Sendable {
    /// Begins to answer a call, which was matched, authenticated and admitted; keeps it for as long as it works on it.
    func begin(_ call: ServiceCall)

    /// The form in which this service's clients understand a refusal that the gateway made before the service heard of the
    /// call, such as an unknown key; `nil` leaves it a problem document.
    func restated(_ refusal: ServiceRefusal) -> ServiceRefusal.Answer?

    /// What would become of a call, as far as its head decides it.
    func explain(_ call: ExplainedCall) -> RequestExplanation
}
