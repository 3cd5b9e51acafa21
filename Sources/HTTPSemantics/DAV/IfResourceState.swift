/// What a condition of an `If` field is held against.
package struct IfResourceState: Sendable, Equatable {
    /// The tokens of all locks in whose scope the resource lies.
    package var tokens: Set<StateToken>
    /// The current version, if it is known and the resource exists.
    package var tag: EntityTag?

    /// A resource with these; without any, one that does not exist (RFC 4918, section 10.4.4).
    package init(tokens: Set<StateToken> = [], tag: EntityTag? = nil) {
        self.tokens = tokens
        self.tag = tag
    }
}
