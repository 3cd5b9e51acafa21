package import HTTPSemantics

/// Who sends a request, and which locks it says it knows of.
package struct LockCaller: Sendable, Equatable {
    /// The authenticated caller; `nil` for an anonymous one.
    package let principal: String?
    /// Every token submitted, in `If` or otherwise.
    package let tokens: Set<StateToken>

    /// A caller.
    package init(principal: String?, tokens: some Sequence<StateToken> = []) {
        self.principal = principal
        self.tokens = Set(tokens)
    }
}
