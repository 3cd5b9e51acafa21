package import HTTPSemantics

/// What a request says and is told about locks.
package struct LockConditions: Sendable {
    /// What the `If` field names, as far as the gateway knows it.
    package struct Found: Sendable, Equatable {
        /// The resource.
        package let resource: ResourceIdentity
        /// Its current version, if it is known.
        package let tag: EntityTag?

        /// A resource that exists.
        package init(_ resource: ResourceIdentity, tag: EntityTag?) {
            self.resource = resource
            self.tag = tag
        }
    }

    /// The `If` field, if one was sent.
    package let header: IfHeader?
    /// Who sends the request, with every token that counts as submitted.
    package let caller: LockCaller

    /// The conditions of a request of `principal`.
    ///
    /// All tokens of `header` are submitted, whether or not they are true (RFC 4918, section 10.4.1), and those in
    /// `submitted` besides.
    package init(header: IfHeader?, principal: String?, submitted: [StateToken] = []) {
        self.header = header
        caller = LockCaller(principal: principal, tokens: (header?.submittedTokens ?? []) + submitted)
    }
}

extension LockTable {
    /// Judges a request whose caller is known to be allowed to make it: the `If` field first (412), then the locks
    /// (423).
    ///
    /// `write` is `nil` for a request that locks do not stop. `find` is asked for the resource of each tag of the
    /// field, or of the request for `nil`. It answers `nil` for one that does not exist or is not behind this gateway,
    /// which then has no token and no tag, so that only `Not` conditions hold for it (RFC 4918, section 10.4.4).
    package func judge(
        _ write: GuardedWrite?,
        _ conditions: LockConditions,
        now: Int64,
        find: ([UInt8]?) -> LockConditions.Found?
    ) -> LockJudgement {
        let holds = conditions.header?.holds { tag in
            guard let found = find(tag) else { return IfResourceState() }
            let tokens = locksCovering(found.resource, now: now).map(\.token)
            return IfResourceState(tokens: Set(tokens), tag: found.tag)
        }
        guard holds != false else { return .preconditionFailed }
        guard let write else { return .proceed }
        let blocking = whatBlocks(write, by: conditions.caller, now: now)
        return blocking.isEmpty ? .proceed : .locked(blocking)
    }
}
