/// What a request would do to the tree of resources, as far as locks are concerned (RFC 4918, section 7).
package struct GuardedWrite: Sendable, Equatable {
    /// What happens to one resource.
    package enum Effect: Sendable, Equatable {
        /// Its content or properties change.
        case change
        /// It comes into being, so its collection gets a member.
        case create
        /// It comes into being with a lock of its own: only its collection is asked, since what covers the resource
        /// itself is a question of compatible locks.
        case createLocked
        /// It, and all below it, is written over, and stays a member of its collection.
        case replace
        /// It goes, and all below it, so its collection loses a member.
        case remove

        /// Whether the locks that cover the resource itself matter.
        var touchesItself: Bool { self != .createLocked }
        /// Whether the locks that cover its collection matter.
        var touchesCollection: Bool { self == .create || self == .createLocked || self == .remove }
        /// Whether the locks below it matter.
        var touchesBelow: Bool { self == .replace || self == .remove }
    }

    /// One resource and what happens to it.
    package struct Part: Sendable, Equatable {
        /// The resource.
        package let resource: ResourceIdentity
        /// What happens to it.
        package let effect: Effect
    }

    /// What happens, resource by resource.
    package let parts: [Part]

    /// A write that does one thing.
    package init(_ effect: Effect, _ resource: ResourceIdentity) {
        parts = [Part(resource: resource, effect: effect)]
    }

    private init(_ parts: [Part]) { self.parts = parts }

    /// MOVE: the source goes; what is at the destination is deleted first, if there is anything (RFC 4918, section
    /// 9.9.3).
    package static func move(_ source: ResourceIdentity, to destination: ResourceIdentity, replaces: Bool) -> Self {
        let effect: Effect = replaces ? .remove : .create
        return Self([
            Part(resource: source, effect: .remove), Part(resource: destination, effect: effect),
        ])
    }

    /// COPY: nothing happens to the source, whose locks are not asked (RFC 4918, section 7.7).
    package static func copy(to destination: ResourceIdentity, replaces: Bool) -> Self {
        Self(replaces ? .replace : .create, destination)
    }

    /// What a request of `method` would do; `nil` if locks do not stand in its way.
    ///
    /// `exists` says whether the resource exists, `destination` and `replaces` the same of COPY and MOVE; without a
    /// destination these two do nothing. A LOCK here is one for a new lock. Methods that nobody knows count as writes.
    package static func of(
        method: String,
        on resource: ResourceIdentity,
        exists: Bool,
        destination: ResourceIdentity? = nil,
        replaces: Bool = false
    ) -> Self? {
        switch method {
        case "GET", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "REPORT", "SEARCH", "QUERY", "UNLOCK": nil
        case "COPY": destination.map { copy(to: $0, replaces: replaces) }
        case "MOVE": destination.map { move(resource, to: $0, replaces: replaces) }
        case "DELETE": Self(.remove, resource)
        case "LOCK": exists ? nil : Self(.createLocked, resource)
        default: Self(exists ? .change : .create, resource)
        }
    }
}
