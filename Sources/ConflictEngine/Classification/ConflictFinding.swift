/// What an upstream's answer says about a conflict.
package struct ConflictFinding: Sendable, Equatable {
    /// The sort of conflict.
    package var kind: ConflictKind
    /// Wire format or system that the answer was recognised by, such as `kubernetes`; `nil` for words in general.
    package var dialect: String?
    /// The upstream's own words: at most 2 KiB, secrets redacted.
    package var message: String?
    /// The version that the upstream says is current, as it writes it.
    package var currentVersion: String?
    /// When the upstream wants to be asked again, in seconds.
    package var retryAfterSeconds: Int?
    /// The field or constraint that clashed, where the answer names one.
    package var field: String?

    /// A finding.
    package init(
        kind: ConflictKind,
        dialect: String? = nil,
        message: String? = nil,
        currentVersion: String? = nil,
        retryAfterSeconds: Int? = nil,
        field: String? = nil,
    ) {
        self.kind = kind
        self.dialect = dialect
        self.message = message
        self.currentVersion = currentVersion
        self.retryAfterSeconds = retryAfterSeconds
        self.field = field
    }
}
