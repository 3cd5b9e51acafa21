/// One promise of a port, as something that can be checked of any adapter.
package struct Clause<Subject: Sendable>: Sendable, CustomStringConvertible {
    /// The promise as the end of a sentence that begins with the port's name.
    package let promise: String
    /// Checks it of a fresh subject; throws ``BrokenPromise`` or the subject's own fault.
    package let check: @Sendable (Subject) async throws -> Void

    /// A promise and how to check it.
    package init(_ promise: String, check: @escaping @Sendable (Subject) async throws -> Void) {
        self.promise = promise
        self.check = check
    }

    /// The promise, for test reports.
    package var description: String { promise }
}
