/// A place in the line for a resource; names a waiting writer to ``TurnTable/cancel(_:)``.
package struct TurnTicket: Sendable, Equatable {
    /// The resource.
    package let identity: ResourceIdentity
    /// Tells the line apart from earlier lines for the same resource.
    let line: UInt64
    /// The place in the line; the turn it becomes has the same.
    let number: UInt64
}
