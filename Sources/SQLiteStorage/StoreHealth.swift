package import StoragePorts
import Synchronization

/// Whether a store worked when it was last used; says so once when it begins to fail, and once when it works again.
package final class StoreHealth: Sendable {
    private let noun: String
    private let consequence: String
    private let report: @Sendable (String) -> Void
    private let lastFault = Mutex<StoreError?>(nil)

    /// The health of a store that works; while it fails, `consequence` is what that means for requests.
    init(of store: StoreKind, _ consequence: String, report: @escaping @Sendable (String) -> Void) {
        noun = store.noun
        self.consequence = consequence
        self.report = report
    }

    /// Why the store could not be used last time; `nil` if it could.
    package var fault: StoreError? { lastFault.withLock(\.self) }

    /// Takes in how the last use went.
    func note(_ fault: StoreError?) {
        let before = lastFault.withLock { last in
            defer { last = fault }
            return last
        }
        if let fault, before == nil { report("The \(noun) cannot be used; \(consequence). \(fault.summary)") }
        if fault == nil, before != nil { report("The \(noun) can be used again.") }
    }
}
