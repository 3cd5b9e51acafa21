/// Codes that no table knows but that speak for themselves, by what they contain.
enum GeneralCodes {
    private struct Row {
        let parts: [String]
        let kind: ConflictKind
    }

    private static let telling = [
        row(.keyReused, "idempotencykeyreuse idempotencykeymismatch idempotencymismatch"),
        row(.keyReused, "idempotencykeyconflict idempotencyconflict"),
        row(.keyReused, "idempotencykeyalreadyused idempotencypayload"),
        row(.duplicateInFlight, "idempotencyinprogress idempotencykeyinuse requestinflight"),
        row(.duplicateInFlight, "duplicaterequestinprogress requestinprogress"),
        row(.duplicateInFlight, "idempotentrequestinprogress requestalreadyinprogress idempotencykeylocked"),
        row(.preconditionMissing, "preconditionrequired ifmatchrequired missingifmatch etagrequired"),
        row(.preconditionMissing, "versionrequired409"),
        row(.contended, "pessimisticconcurrency contendedtransaction simultaneousrequest"),
        row(.staleVersionImplicit, "versionconflict versionmismatch revisionconflict revisionmismatch"),
        row(.staleVersionImplicit, "staleversion staleobject"),
        row(.staleVersionImplicit, "staleresource staledata staleentity stalerevision staleupdate editconflict"),
        row(.staleVersionImplicit, "etagmismatch optimisticlock"),
        row(.staleVersionImplicit, "concurrencyconflict concurrencyexception concurrentupdate"),
        row(.staleVersionImplicit, "concurrencymismatch concurrentedit"),
        row(.staleVersionImplicit, "updateconflict modifiedconcurrently outdatedversion resourcemodified"),
        row(.staleVersionImplicit, "versionoutdated optimisticconcurrency"),
        row(.staleVersionImplicit, "conflictingrevision writeconflictversion outofdate lostupdate"),
        row(.fieldOwnership, "fieldmanagerconflict fieldownership"),
        row(.uniqueness, "emailtaken emailexists emailinuse emailalready duplicateemail"),
        row(.uniqueness, "usernametaken usernameexists usernamealready"),
        row(.uniqueness, "duplicateusername nametaken nameexists nameinuse namealready duplicatename"),
        row(.uniqueness, "slugtaken slugexists phonetaken"),
        row(.uniqueness, "phoneexists phonealready notunique uniqueviolation uniqueconstraint"),
        row(.uniqueness, "uniquenessviolation duplicatekey"),
        row(.uniqueness, "uniquefailed alreadyinuse alreadylinked alreadyclaimed"),
        row(.uniqueness, "duplicatevalue duplicateentry alreadytaken mustbeunique uniquekey duplicatefield valuetaken"),
        row(.alreadyExists, "alreadyexist resourceexists objectexists entityexists userexists"),
        row(.alreadyExists, "recordexists itemexists duplicateresource"),
        row(.alreadyExists, "alreadyrecorded alreadyuploaded alreadyadded alreadycreated alreadytracked alreadymember"),
        row(.alreadyExists, "duplicaterecord duplicateentity duplicateobject existsalready alreadyregistered"),
        row(.referential, "foreignkey hasdependents hasdependencies hasdependent hasreferences"),
        row(.referential, "hasreference referentialintegrity"),
        row(.referential, "haschildren isreferenced stillreferenced notempty dependencyexists referenceviolation"),
        row(.state, "invalidstatetransition illegalstatetransition invalidtransition"),
        row(.state, "statetransition invalidstatustransition"),
        row(.state, "transitionnotallowed notallowedinstate invalidorderstate wrongstate stateconflict statusconflict"),
        row(.contended, "deadlock locktimeout contention transactionconflict writeconflict"),
        row(.contended, "conflictingoperation operationinprogress"),
        row(.contended, "concurrentoperation lockwait serializationfailure lockconflict"),
        row(.offset, "offsetmismatch incorrectoffset wrongoffset offsetconflict invalidoffset"),
        row(.edit, "mergeconflict patchconflict patchfailed testoperationfailed patchtestfailed"),
        row(.parentMissing, "parentnotfound parentmissing parentdoesnotexist"),
    ]

    /// Codes that tell the kind only where the status says conflict already.
    private static let underConflict = [
        row(.state, "failedprecondition"),
        row(.state, "incorrectstate transientstate stateillegal unexpectedstate stateinvalid quotaexceeded"),
        row(.state, "limitexceeded notenough outofstock insufficient soldout notcancel"),
        row(.state, "invalidstate illegalstate invalidstatus alreadycancel alreadycomplete"),
        row(.state, "alreadyship alreadypaid alreadyclosed"),
        row(.state, "alreadyprocessed notready notcancellable cannotbecancel alreadydeleted"),
        row(.state, "alreadyactive alreadystarted"),
        row(.referential, "inuse dependenc children"),
        row(.locked, "locked lockheld lease checkedout"),
        row(.uniqueness, "unique taken"),
        row(.alreadyExists, "exists duplicate"),
        row(.staleVersionImplicit, "stale version etag revision modified concurren"),
        row(.preconditionMissing, "missingprecondition"),
    ]

    private static func row(_ kind: ConflictKind, _ parts: String) -> Row {
        Row(parts: parts.split(separator: " ").map { String($0) }, kind: kind)
    }

    /// The kind that a code shows, under conflict statuses with less proof.
    static func kind(_ reading: AnswerReading) -> ConflictKind? {
        let names = reading.codes.map { SearchText($0.name.utf8) }
        let tables = reading.statusIsConflict ? [telling, underConflict] : [telling]
        for table in tables {
            for name in names where !isProgrammingError(name, reading) {
                for row in table where row.parts.contains(where: { name.holds($0) }) { return row.kind }
            }
            if let kind = CodeShape.kind(reading) { return kind }
        }
        return nil
    }

    /// Exceptions of the languages themselves have such names too, such as Java's `ConcurrentModificationException`.
    private static func isProgrammingError(_ name: SearchText, _ reading: AnswerReading) -> Bool {
        guard reading.answer.status >= 500 else { return false }
        return name.holds(any: [
            "concurrentmodification", "illegalstate", "invalidoperation", "fileexists", "filealreadyexists",
        ])
    }
}
