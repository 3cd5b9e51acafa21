extension Dialect {
    /// Amazon S3 and the many stores that speak its XML.
    static let s3 = Dialect(name: "s3") { reading in
        guard reading.elementNames.contains("error"), let code = reading.element("code") else { return nil }
        if code == "PreconditionFailed" {
            return .conflict(reading.answer.conditions.ifNoneMatchAny ? .alreadyExists : .staleVersion)
        }
        return s3Codes.judge(reading)
    }

    private static let s3Codes = CodeTable([
        (.contended, "ConditionalRequestConflict OperationAborted"),
        (.alreadyExists, "BucketAlreadyExists BucketAlreadyOwnedByYou AccessPointAlreadyOwnedByYou"),
        (.alreadyExists, "ObjectAlreadyExists"),
        (.referential, "BucketNotEmpty BucketHasAccessPointsAttached"),
        (.state, "InvalidBucketState InvalidObjectState RestoreAlreadyInProgress ReplicationInProgress"),
        (.offset, "PositionNotEqualToLength InvalidWriteOffset"),
        (.locked, "FileImmutable ObjectLocked ObjectUnderRetention"),
    ])

    /// The JSON and query services of AWS, by the names of their exceptions.
    static let aws = Dialect(name: "aws") { reading in
        guard isAWS(reading) else { return nil }
        if let kind = cancelledTransaction(reading) { return kind }
        if let kind = inMessage(reading) { return .conflict(kind) }
        if DependenceWords.hold(in: reading.plainWords.sentences) { return .conflict(.referential) }
        if reading.codes.contains(where: { $0.name == "invalidifmatchversion" }) {
            return .conflict(reading.answer.conditions.ifMatch ? .staleVersion : .preconditionMissing)
        }
        return awsCodes.judge(reading) ?? family(reading).map { .conflict($0) }
    }

    /// The many exceptions of many services, by the words that their names are made of.
    private static func family(_ reading: AnswerReading) -> ConflictKind? {
        for code in reading.codes {
            let name = SearchText(code.whole.utf8)
            if name.holds(any: ["limit", "throttl", "toomany", "quota", "invalidparametervalue"]) { continue }
            let isState = name.holds("state") && (name.holds("invalid") || name.holds("incorrect"))
            if isState, !name.holds("statement") { return .state }
            if let row = awsFamilies.first(where: { name.holds($0.part) }) { return row.kind }
        }
        return nil
    }

    private static let awsFamilies: [(part: String, kind: ConflictKind)] = [
        ("alreadyexist", .alreadyExists), ("existsexception", .alreadyExists), ("notempty", .referential),
        ("hasdependen", .referential), ("containsservices", .referential), ("containstasks", .referential),
        ("inusecannotbe", .referential), ("outdated", .staleVersionImplicit), ("stale", .staleVersionImplicit),
        ("tokenconflict", .keyReused), ("concurrent", .contended), ("inprogress", .contended),
        ("resourcecontention", .contended), ("occconflict", .contended), ("writeconflict", .contended),
        ("notactiveexception", .state), ("notrunningexception", .state), ("runningexception", .state),
        ("stoppingexception", .state), ("deleting", .state), ("alreadyclosed", .state), ("alreadyinstate", .state),
        ("invalidstate", .state), ("statefault", .state), ("statusexception", .state), ("inuse", .referential),
    ]

    private static func isAWS(_ reading: AnswerReading) -> Bool {
        let answer = reading.answer
        if answer.field("x-amzn-requestid") != nil || answer.field("x-amzn-errortype") != nil { return true }
        if answer.field("x-amz-request-id") != nil || reading.anyValue("type")?.contains("#") == true { return true }
        if reading.elementNames.contains("errorresponse") { return true }
        if reading.elementNames.isSuperset(of: ["response", "errors", "requestid"]) { return true }
        return reading.codes.contains { $0.name.hasSuffix("exception") }
            && reading.members.contains { $0.name == "__type" }
    }

    /// A transaction names a reason for each of its items.
    private static func cancelledTransaction(_ reading: AnswerReading) -> Judgement? {
        guard reading.hasCode("transactioncanceledexception") else { return nil }
        if reading.words.holds("conditionalcheckfailed") { return .conflict(.staleVersionImplicit) }
        if reading.words.holds("transactionconflict") { return .conflict(.contended) }
        guard reading.answer.bodyIsComplete else { return nil }
        return reading.words.holds(any: ["validationerror", "throttling", "throughputexceeded", "accessdenied"])
            ? .ordinary : .conflict(.contended)
    }

    /// Services that use one code for several situations tell them apart in words.
    private static func inMessage(_ reading: AnswerReading) -> ConflictKind? {
        let isGeneral = [
            "conflictexception", "resourceinuseexception", "resourceconflictexception", "invalidparametervalue",
            "validationerror", "validationexception", "resourceinusefault", "toomanyrequestsexception",
            "badrequestexception", "clientexception", "invalidparameterexception", "invalidparameter",
            "invalidrequestexception", "notauthorizedexception", "invalidchangebatch", "limitexceeded",
        ].contains { reading.hasCode($0) }
        return isGeneral ? awsPhrases.first { $0.matches(reading.plainWords) }?.kind : nil
    }

    private static let awsPhrases = [
        PhraseRule("quota for", .state),
        PhraseRule("token + different", .keyReused),
        PhraseRule("another resource + already has this name", .uniqueness),
        PhraseRule("already exist", .alreadyExists),
        PhraseRule("already used by another|already associated with another", .uniqueness),
        PhraseRule(
            """
            concurrent modification|concurrent update|update is in progress|operation is in progress|\
            resource is being modified
            """,
            .contended,
        ),
        PhraseRule("nodegroups attached|existing jobqueue relationship|stages pointing", .referential),
        PhraseRule("still draining|marked for deletion|current status is|invalid state for this", .state),
        PhraseRule("another operation|operation in progress|currently being modified|simultaneous", .contended),
        PhraseRule(
            """
            state and can not be|state and cannot be|in the following state|current state|is being deleted
            """,
            .state,
        ),
        PhraseRule("certificate + is in use", .referential),
        PhraseRule("table is being|being created|being updated|has status|not in active state", .state),
    ]

    private static let awsCodes = CodeTable([
        (.staleVersionImplicit, "ConditionalCheckFailedException ConditionalCheckFailed"),
        (.staleVersionImplicit, "StaleVersionException VersionMismatch"),
        (.staleVersionImplicit, "VersionConflictException WAFStaleDataException WAFOptimisticLockException"),
        (.staleVersionImplicit, "InvalidChangeToken"),
        (.staleVersionImplicit, "NamespaceVersionMismatch VersionCountConflict StaleRequestException"),
        (.staleVersionImplicit, "IdempotencyException"),
        (.staleVersion, "PreconditionFailed PreconditionFailedException PreconditionFailedFault"),
        (.contended, "TransactionConflictException TransactionConflict"),
        (.contended, "ConcurrentModificationException EntityTemporarilyUnmodifiable BackupInUseException"),
        (.contended, "TooManyUpdates ReplicatedWriteConflictException ConcurrentUpdateRequestException"),
        (.contended, "PurgeQueueInProgress LifecyclePolicyPreviewInProgressException InstanceRefreshInProgress"),
        (.contended, "ConcurrentModification ConcurrentModificationFault PriorRequestNotComplete"),
        (.contended, "OperationInProgressException"),
        (.contended, "ConcurrentAccessException ConcurrentUpdateException OperationAborted"),
        (.contended, "ConflictingOperationException"),
        (.contended, "UpdateInProgress ResourceConflictException ConcurrentRunsExceededException"),
        (.contended, "OptimisticLockException"),
        (.alreadyExists, "EntityAlreadyExists EntityAlreadyExistsException"),
        (.alreadyExists, "ResourceAlreadyExistsException AlreadyExistsException"),
        (.alreadyExists, "ResourceExistsException ResourceAlreadyExists ResourceAlreadyExistsFault"),
        (.alreadyExists, "DBInstanceAlreadyExists"),
        (.alreadyExists, "RepositoryAlreadyExistsException ImageAlreadyExistsException ImageTagAlreadyExistsException"),
        (.alreadyExists, "QueueNameExists QueueAlreadyExists TopicAlreadyExists"),
        (.alreadyExists, "HostedZoneAlreadyExists TableAlreadyExistsException"),
        (.alreadyExists, "FunctionAlreadyExists DistributionAlreadyExists LoadBalancerAlreadyExists"),
        (.alreadyExists, "DuplicateLoadBalancerName"),
        (.alreadyExists, "DBClusterAlreadyExistsFault ClusterAlreadyExists ExecutionAlreadyExists"),
        (.alreadyExists, "StateMachineAlreadyExists"),
        (.alreadyExists, "GlobalTableAlreadyExistsException DuplicateItemException RouteAlreadyExists"),
        (.alreadyExists, "UserPoolTaggingException RuleAlreadyExists"),
        (.uniqueness, "UsernameExistsException AliasExistsException CNAMEAlreadyExists"),
        (.uniqueness, "DuplicateResourceException GroupExistsException"),
        (.uniqueness, "InvalidGroup.Duplicate DuplicateSubnetsInVPC"),
        (
            .alreadyExists,
            "InvalidPermission.Duplicate InvalidKeyPair.Duplicate DuplicateListener ParameterAlreadyExists"
        ),
        (.uniqueness, "DuplicateRequestException InvalidAMIName.Duplicate InvalidIPAddress.InUse PriorityInUse"),
        (.uniqueness, "InvalidSubnet.Conflict DuplicateTargetGroupName ConflictingDomainExists"),
        (.edit, "ManualMergeRequiredException"),
        (.preconditionMissing, "ParentCommitIdRequiredException BranchTipRequiredException"),
        (.staleVersionImplicit, "ParentCommitIdOutdatedException TipOfSourceReferenceIsDifferentException"),
        (.offset, "InvalidLayerPartException"),
        (.referential, "DeleteConflict DeleteConflictException DependencyViolation HostedZoneNotEmpty ResourceInUse"),
        (.referential, "InvalidGroup.InUse VolumeInUse AMIInUse CertificateInUseException RepositoryNotEmptyException"),
        (.referential, "WAFReferencedItemException WAFNonEmptyEntityException"),
        (.referential, "WAFAssociatedItemException ResourceInUseFault"),
        (.state, "InvalidDBInstanceState InvalidDBInstanceStateFault"),
        (.state, "InvalidDBClusterStateFault IncorrectInstanceState"),
        (.state, "IncorrectState InvalidStateException InvalidResourceStateException ResourceNotReadyException"),
        (.state, "IncorrectSpotRequestState InvalidClusterStateFault DistributionNotDisabled"),
        (.state, "InvalidOrderState TableInUseException KMSInvalidStateException VersionsLimitExceededException"),
        (.state, "ResourceInUseException QueueDeletedRecently InvalidClusterState"),
        (.keyReused, "IdempotentParameterMismatch IdempotentParameterMismatchException IdempotencyParameterMismatch"),
        (.keyReused, "ClientTokenConflictException IdempotentRequestConflict IdempotentInstanceMismatch"),
        (.duplicateInFlight, "TransactionInProgressException RequestInProgress IdempotentRequestInProgress"),
    ])
}
