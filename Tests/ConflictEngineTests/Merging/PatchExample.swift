import ConflictEngine

/// A patch that fits its document.
struct PatchExample: Sendable {
    let document: String
    let patch: String
    let result: String

    init(_ document: String, _ patch: String, _ result: String) {
        self.document = document
        self.patch = patch
        self.result = result
    }
}

/// A patch that does not fit its document.
struct UnfittingPatch: Sendable {
    let document: String
    let patch: String
    let reason: JSONPatchFault.Reason
    let operation: Int

    init(_ document: String, _ patch: String, _ reason: JSONPatchFault.Reason, _ operation: Int = 0) {
        self.document = document
        self.patch = patch
        self.reason = reason
        self.operation = operation
    }

    /// A failed test is told apart from everything else.
    var verdict: JSONPatchFault.Verdict {
        switch reason {
        case .valueDiffers, .valueMissing: .testFailed
        default: .doesNotFit
        }
    }
}

/// A text that is no patch.
struct MalformedPatch: Sendable {
    let patch: String
    let reason: JSONPatchFault.Reason
    let operation: Int?

    init(_ patch: String, _ reason: JSONPatchFault.Reason, _ operation: Int? = 0) {
        self.patch = patch
        self.reason = reason
        self.operation = operation
    }
}
