extension Dialect {
    /// Azure: Resource Manager, storage, Cosmos DB, Service Bus.
    static let azure = Dialect(name: "azure") { reading in
        let answer = reading.answer
        if answer.status == 449 {
            let isCosmos =
                answer.fields.contains { $0.name.hasPrefix("x-ms-") } || reading.words.holds("retry to avoid conflicts")
            return isCosmos ? .conflict(.contended) : nil
        }
        let isAzure =
            answer.fields.contains { $0.name.hasPrefix("x-ms-") } || reading.value("error.code") != nil
            || reading.elementNames.contains("error") || reading.value("odataerror.code") != nil
            || reading.value("code") != nil
        guard isAzure else { return nil }
        if inUse(reading) { return .conflict(.referential) }
        guard let kind = azureCodes.kind(reading) else { return nil }
        // Codes such as OperationNotAllowed and Conflict stand for many things; running work is told in words.
        if kind == .state || kind == .staleVersion, tellsOfWork(reading) { return .conflict(.contended) }
        // Redfish names the property that clashed.
        if kind == .alreadyExists, reading.words.holds("with the property") { return .conflict(.uniqueness) }
        return kind == .state && !reading.statusIsConflict ? nil : .conflict(kind)
    }

    private static func tellsOfWork(_ reading: AnswerReading) -> Bool {
        guard !reading.answer.conditions.namedVersion else { return false }
        return PeerWords.tellsOfWork(reading.plainWords.sentences)
            || reading.words.holds(any: ["concurrent request", "operation in progress which requires"])
    }

    /// `InUseSubnetCannotBeDeleted`, `PublicIPAddressCannotBeDeleted`, and dozens alike.
    private static func inUse(_ reading: AnswerReading) -> Bool {
        reading.codes.contains { code in
            (code.name.hasPrefix("inuse") || code.name.contains("inuse")) && code.name.hasSuffix("cannotbedeleted")
                || code.name == "nicinuse" || code.name == "publicipaddresscannotbedeleted"
        }
    }

    private static let azureCodes = CodeTable([
        (.staleVersion, "ConditionNotMet UpdateConditionNotSatisfied TargetConditionNotMet SourceConditionNotMet"),
        (.staleVersion, "SequenceNumberConditionNotMet SequenceNumberConditionNotSatisfied DestinationConditionNotMet"),
        (.staleVersionImplicit, "PopReceiptMismatch ConcurrencyVersionMismatch ResourceModified"),
        (.staleVersionImplicit, "ErrorIrresolvableConflict"),
        (.staleVersionImplicit, "EtagMismatch ConcurrentModificationError 0x80060882 SaveConflict"),
        (.alreadyExists, "BlobAlreadyExists ContainerAlreadyExists EntityAlreadyExists"),
        (.alreadyExists, "TableAlreadyExists QueueAlreadyExists"),
        (.alreadyExists, "ShareAlreadyExists ResourceAlreadyExists PathAlreadyExists"),
        (.alreadyExists, "AccountAlreadyExists RoleAssignmentExists"),
        (.alreadyExists, "StorageAccountAlreadyExists ResourceExists EndpointAlreadyExists"),
        (.alreadyExists, "DatabaseAlreadyExists BlobAlreadyExistsInTier"),
        (.uniqueness, "StorageAccountAlreadyTaken DnsRecordInUse VaultAlreadyExists AlreadyTaken"),
        (.uniqueness, "NameUnavailable NameNotAvailable"),
        (.uniqueness, "Request_MultipleObjectsWithSameKeyValue NameAlreadyExists ObjectConflict"),
        (.uniqueness, "NamespaceUnavailable 0x80040237"),
        (.locked, "LeaseAlreadyPresent LeaseIdMissing LeaseLost"),
        (.locked, "LeaseIdMismatchWithBlobOperation LeaseIdMismatchWithLeaseOperation"),
        (.locked, "LeaseIdMismatchWithContainerOperation LeaseNotPresentWithBlobOperation"),
        (.locked, "LeaseNotPresentWithLeaseOperation"),
        (.locked, "LeaseNotPresentWithContainerOperation LeaseIsBreakingAndCannotBeAcquired"),
        (.locked, "LeaseIsBrokenAndCannotBeRenewed"),
        (.locked, "LeaseIsBreakingAndCannotBeChanged LeaseAlreadyBroken SharingViolation FileLockConflict ScopeLocked"),
        (.locked, "MessageLockLost SessionLockLost ResourceLocked ReadOnlyDisabledSubscription"),
        (.contended, "AnotherOperationInProgress RetryableError PessimisticConcurrencyConflict"),
        (.contended, "ConflictingServerOperation"),
        (.staleVersion, "PreconditionFailed"),
        (.staleVersionImplicit, "GitReferenceStaleException WorkItemRevisionMismatchException Request_EntityChanged"),
        (.alreadyExists, "Internal_EntityWithSameKeyExists DeviceAlreadyExists WikiPageAlreadyExistsException"),
        (.uniqueness, "GitRepositoryNameAlreadyExistsException ProjectAlreadyExistsException"),
        (.uniqueness, "ItemDisplayNameAlreadyInUse"),
        (.contended, "CanceledAndSupersededDueToAnotherOperation OperationPreempted"),
        (.contended, "ConcurrentOperation ConcurrentUpdateError RetryWith"),
        (.contended, "ConflictingConcurrentWriteNotAllowed RequestConflict"),
        (.contended, "ConflictingUserInput ClientCacheFlushDelay ResourceOperationInProgress ConflictingOperation"),
        (.state, "OperationNotAllowed ResourceGroupBeingDeleted ContainerBeingDeleted"),
        (.state, "QueueBeingDeleted TableBeingDeleted"),
        (.state, "ShareBeingDeleted ContainerDisabled ContainerBeingDisabled BlobArchived"),
        (.state, "BlobBeingRehydrated DeletePending"),
        (.state, "BlobImmutableDueToPolicy InvalidBlobType NoPendingCopyOperation"),
        (.state, "PendingCopyOperation DeploymentActive"),
        (.state, "MissingSubscriptionRegistration SubscriptionNotRegistered InvalidBlobTier"),
        (.state, "CannotDeleteFileOrDirectory"),
        (.state, "SystemInUse ReadOnlyAttribute BlobNotArchived ContainerLeaseActive"),
        (.state, "SkuNotAvailable MaxBlobSizeConditionNotMet"),
        (.state, "OperationNotAllowedOnIncrementalCopyBlob OperationNotAllowedOnRootBlob"),
        (.state, "ShareSnapshotInProgress PathConflict"),
        (.offset, "AppendPositionConditionNotMet InvalidFlushPosition"),
        (.referential, "SnapshotsPresent DirectoryNotEmpty ResourceGroupDeletionBlocked"),
        (.referential, "ShareHasSnapshots ResourceInUse"),
        (.parentMissing, "ParentNotFound ParentResourceNotFound FilesystemBeingDeleted SourcePathNotFound"),
        (.preconditionMissing, "MissingRequiredHeaderIfMatch EtagMissing"),
    ])

    /// OData, Dataverse, SharePoint and Microsoft Graph, by their messages.
    static let oData = Dialect(
        name: "odata",
        phrases: [
            PhraseRule(
                """
                doesn't match the rowversion|does not match the object's etag|concurrencyversionmismatch
                """,
                .staleVersionImplicit,
            ),
            PhraseRule("save conflict + concurrently", .staleVersionImplicit),
            PhraseRule("change key passed in the request does not match", .staleVersionImplicit),
            PhraseRule("the file + is locked for|is checked out|has been locked by", .locked),
            PhraseRule("record with matching key values already exists", .uniqueness),
            PhraseRule("another object with the same value for property", .uniqueness),
        ],
    )
}
