/// The right to be the one write in flight on a resource; given back once, with ``TurnTable/release(_:)``.
package struct Turn: Sendable, Equatable {
    /// The resource.
    package let identity: ResourceIdentity
    /// Tells the line apart from earlier lines for the same resource.
    let line: UInt64
    /// The place in the line.
    let number: UInt64
}
