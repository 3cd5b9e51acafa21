/// What a problem document about a conflict says beside the usual members (contract, section 4).
package struct ProblemConflict: Sendable, Equatable {
    /// One place that somebody else changed.
    package struct Change: Sendable, Equatable {
        /// The place, as a plain RFC 6901 pointer.
        package var pointer: String
        /// The consumer who changed it; `nil` where unknown or not to be told.
        package var by: String?
        /// When, in milliseconds since 1970.
        package var at: Int64?
        /// The request that did it.
        package var requestIdentifier: String?

        /// A change at `pointer`.
        package init(pointer: String, by: String? = nil, at: Int64? = nil, requestIdentifier: String? = nil) {
            self.pointer = pointer
            self.by = by
            self.at = at
            self.requestIdentifier = requestIdentifier
        }
    }

    /// One way out: what to send next.
    package struct Resolution: Sendable, Equatable {
        /// One header field to send.
        package struct Field: Sendable, Equatable {
            /// The name.
            package var name: String
            /// The value.
            package var value: String

            /// A field.
            package init(_ name: String, _ value: String) {
                self.name = name
                self.value = value
            }
        }

        /// What it is for, such as `reread`.
        package var rel: String
        /// The method.
        package var method: String
        /// Where to.
        package var href: String
        /// The header fields that matter, in order, each name once.
        package var headers: [Field]

        /// A way out.
        package init(rel: String, method: String, href: String, headers: [Field] = []) {
            self.rel = rel
            self.method = method
            self.href = href
            self.headers = headers
        }
    }

    /// What is being changed.
    package var resource: String
    /// The version that the caller named, as an entity tag with quotes.
    package var yourVersion: String?
    /// The version that is current, as an entity tag with quotes.
    package var currentVersion: String?
    /// Whether the same request, sent again unchanged, may succeed.
    package var isRetryable: Bool
    /// How long to wait before that, in milliseconds.
    package var retryAfterMilliseconds: Int64?
    /// What others changed since the caller's version.
    package var changed: [Change] = []
    /// The pointers that both the caller and others changed.
    package var overlap: [String] = []
    /// The ways out, best first.
    package var resolutions: [Resolution] = []

    /// A conflict over `resource`.
    package init(resource: String, isRetryable: Bool, retryAfterMilliseconds: Int64? = nil) {
        self.resource = resource
        self.isRetryable = isRetryable
        self.retryAfterMilliseconds = retryAfterMilliseconds
    }
}
