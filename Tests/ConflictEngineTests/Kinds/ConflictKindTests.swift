import ConflictEngine
import Testing

struct ConflictKindTests {
    @Test func `the kinds are those of the contract`() {
        let names = [
            "stale-version", "stale-version-implicit", "precondition-missing", "already-exists", "duplicate-in-flight",
            "key-reused", "outcome-unknown", "locked", "contended", "lost-update", "out-of-band-write", "state",
            "field-ownership", "edit", "parent-missing", "offset", "uniqueness", "referential", "suspected-block",
            "unversioned", "unspecified",
        ]
        #expect(ConflictKind.allCases.map(\.rawValue) == names)
    }

    @Test(arguments: [
        (ConflictKind.staleVersion, 412), (.staleVersionImplicit, 409), (.preconditionMissing, 428), (.keyReused, 422),
        (.locked, 423), (.contended, 409), (.unversioned, 409),
    ])
    func `the gateway answers each kind with its own status`(kind: ConflictKind, status: Int) {
        #expect(kind.gatewayStatus == status)
    }

    @Test func `the gateway never answers with what only the journal knows`() {
        for kind in ConflictKind.allCases where kind.isJournalOnly { #expect(kind.gatewayStatus == nil) }
        #expect(ConflictKind.suspectedBlock.gatewayStatus == nil)
        #expect(ConflictKind.allCases.filter(\.isJournalOnly) == [.lostUpdate, .outOfBandWrite])
    }

    @Test func `only waiting cures what is called retryable`() {
        #expect(ConflictKind.allCases.filter(\.isRetryable) == [.duplicateInFlight, .contended])
        #expect(ConflictKind.locked.isRetryable(status: 423, retryAfterKnown: true))
        #expect(!ConflictKind.locked.isRetryable(status: 423, retryAfterKnown: false))
        #expect(ConflictKind.unversioned.isRetryable(status: 503, retryAfterKnown: true))
        #expect(!ConflictKind.unversioned.isRetryable(status: 409, retryAfterKnown: true))
        #expect(!ConflictKind.staleVersion.isRetryable(status: 412, retryAfterKnown: true))
    }

    @Test func `no two kinds share their words`() {
        #expect(Set(ConflictKind.allCases.map(\.title)).count == ConflictKind.allCases.count)
        #expect(Set(ConflictKind.allCases.map(\.defaultDetail)).count == ConflictKind.allCases.count)
    }
}
