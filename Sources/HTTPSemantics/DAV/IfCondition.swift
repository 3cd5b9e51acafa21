/// One condition of an `If` field: what a resource must have, or must not have (RFC 4918, section 10.4.2).
package struct IfCondition: Sendable, Equatable {
    /// What is asked for.
    package enum Subject: Sendable, Equatable {
        /// A lock in whose scope the resource lies, or another state.
        case token(StateToken)
        /// A version.
        case tag(EntityTag)
    }

    /// Whether `Not` stands before it.
    package let isNegated: Bool
    /// What is asked for.
    package let subject: Subject

    /// A condition on `subject`.
    package init(isNegated: Bool = false, _ subject: Subject) {
        self.isNegated = isNegated
        self.subject = subject
    }

    /// Whether a resource in `state` fulfils it.
    ///
    /// A resource has a tag if its own is the very same, weak or strong: RFC 4918, section 10.4.3, leaves the comparison to
    /// the server. `DAV:no-lock` matches nothing, even if somebody lists it.
    package func holds(for state: IfResourceState) -> Bool {
        let matches =
            switch subject {
            case .token(let token): token != .noLock && state.tokens.contains(token)
            case .tag(let tag): state.tag == tag
            }
        return matches != isNegated
    }

    /// The condition as it is sent.
    package var bytes: [UInt8] {
        let prefix = isNegated ? Array("Not ".utf8) : []
        return switch subject {
        case .token(let token): prefix + token.coded
        case .tag(let tag): prefix + [ASCII.openingBracket] + tag.bytes + [ASCII.closingBracket]
        }
    }
}
