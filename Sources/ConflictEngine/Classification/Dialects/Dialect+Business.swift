extension Dialect {
    /// Salesforce: an array of message and code.
    static let salesforce = Dialect(
        name: "salesforce",
        codes: CodeTable([
            (.contended, "UNABLE_TO_LOCK_ROW"),
            (.uniqueness, "DUPLICATE_VALUE DUPLICATE_EXTERNAL_ID DUPLICATE_USERNAME"),
            (.uniqueness, "DUPLICATE_DEVELOPER_NAME DUPLICATE_MASTER_LABEL"),
            (.uniqueness, "DUPLICATE_USERNAME_IN_ORG DUPLICATE_COMM_NICKNAME"),
            (.alreadyExists, "DUPLICATES_DETECTED"),
            (.locked, "ENTITY_IS_LOCKED"),
            (.referential, "DELETE_FAILED DEPENDENCY_EXISTS"),
        ]),
    )

    /// Notion, Contentful, Zendesk, Box, Dropbox, Intercom, Hetzner, commercetools and the like, by their codes.
    static let services = Dialect(
        name: "services",
        codes: CodeTable([
            (.contended, "conflict_error DatabaseConflict operation_blocked_temporary name_temporarily_reserved"),
            (.contended, "too_many_write_operations BUSY_ENTITY lock_competition resource_busy"),
            (.contended, "com.vmware.vapi.std.errors.busy"),
            (.contended, "concurrent_change concurrentmodificationerror"),
            (.staleVersionImplicit, "InvalidSwap UPDATE_COLLISION optimistic_locking_error"),
            (.preconditionMissing, "MissingIfMatchException"),
            (.keyReused, "InvalidatedRetryToken"),
            (.staleVersionImplicit, "VersionMismatch UpdateConflict ConcurrentModification"),
            (.staleVersionImplicit, "sync_item_precondition_failed"),
            (.staleVersionImplicit, "RevisionMismatch version_conflict OutdatedVersion stale_object"),
            (.staleVersionImplicit, "stale_record RCRD_HAS_BEEN_CHANGED COMPARE_QUANTITY_STALE"),
            (.uniqueness, "DuplicateValue uniqueness_error item_name_in_use user_email_exists"),
            (.uniqueness, "EMAIL_EXISTS DUPLICATE_DATA existing_user_email existing_user_login"),
            (.uniqueness, "RECORD_NOT_UNIQUE email_exists phone_exists"),
            (.uniqueness, "email_address_taken username_exists DuplicateField nameAlreadyInUse form_identifier_exists"),
            (.alreadyExists, "user_already_exists user_exists identity_already_exists"),
            (.alreadyExists, "MEMBER_EXISTS_WITH_EMAIL_ADDRESS object_already_exists"),
            (.referential, "folder_not_empty resource_in_use ReferencedResource ReferenceExists"),
            (.offset, "incorrect_offset"),
            (.state, "already_in_desired_state not_allowed_in_current_state"),
            (.state, "InvalidTransition already_paid already_cancelled"),
        ]),
    )

    /// The same vendors' messages, where the code says nothing.
    static let serviceMessages = Dialect(
        name: "services",
        phrases: [
            PhraseRule("is already a list member", .alreadyExists),
            PhraseRule("prevents ticket update", .state),
            PhraseRule("terminated by other getupdates", .contended),
            PhraseRule("safe update prevented the update", .staleVersionImplicit),
            PhraseRule("must be incremented on update", .staleVersionImplicit),
            PhraseRule("out-of-date information|based on out-of-date", .staleVersionImplicit),
            PhraseRule("has a different version than expected", .staleVersionImplicit),
            PhraseRule("modified by somebody else|modified by someone else", .staleVersionImplicit),
            PhraseRule("already has a pending event", .contended),
            PhraseRule("lock competition|linode busy", .contended),
            PhraseRule("job modify index", .staleVersionImplicit),
            PhraseRule("duplicated sku|duplicate sku", .uniqueness),
            PhraseRule("unable to obtain exclusive access to this record", .contended),
            PhraseRule("object with this field already exists", .uniqueness),
            PhraseRule("user exists with same|exists with same", .uniqueness),
            PhraseRule("request already processed or in progress", .duplicateInFlight),
        ],
    )

    /// SCIM (RFC 7644, section 3.12).
    static let scim = Dialect(name: "scim") { reading in
        switch reading.value("scimtype") {
        case "uniqueness": .conflict(.uniqueness)
        case .some: reading.statusIsConflict ? nil : .ordinary
        case nil: nil
        }
    }

    /// Dropbox names a path through its error in `error_summary`.
    static let dropbox = Dialect(name: "dropbox") { reading in
        guard let summary = reading.value("errorsummary"), reading.answer.status == 409 else { return nil }
        if summary.hasPrefix("incorrect_offset") || summary.contains("incorrect_offset") { return .conflict(.offset) }
        if summary.contains("conflict/") { return .conflict(.alreadyExists) }
        if summary.contains("too_many_write_operations") { return .conflict(.contended) }
        return summary.contains("insufficient_space") ? .conflict(.state) : nil
    }
}
