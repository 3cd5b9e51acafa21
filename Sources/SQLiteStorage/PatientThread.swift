import Foundation
import Synchronization

/// A thread of its own for work that nobody waits for: it gives way to event loops wherever they share a processor.
///
/// Work is carried out in order, one after another. The thread ends with its last owner.
package final class PatientThread: Sendable {
    /// What waits for a thread.
    private final class Line: Sendable {
        let waiting = Mutex<[@Sendable () -> Void]>([])
        let wakings = DispatchSemaphore(value: 0)

        /// Adds work at the end; `nil` is the end of the thread.
        func add(_ work: (@Sendable () -> Void)?) {
            if let work { waiting.withLock { $0.append(work) } }
            wakings.signal()
        }

        /// Carries out what comes until the end is told.
        func work() {
            while true {
                wakings.wait()
                guard let next = waiting.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return }
                next()
            }
        }
    }

    private let line = Line()
    /// Who waits for work goes on from a thread of ordinary weight: threads that the runtime begins on the way inherit it.
    private let answers = Line()

    /// Starts a thread called `name` (15 letters are shown); it has its weight when this returns.
    package init(named name: String) {
        let hasGivenWay = DispatchSemaphore(value: 0)
        let thread = Thread { [line] in
            Self.giveWay()
            hasGivenWay.signal()
            line.work()
        }
        thread.start()
        hasGivenWay.wait()
        // Foundation names only threads that run already.
        thread.name = name
        Thread.detachNewThread { [answers] in answers.work() }
    }

    deinit {
        line.add { [answers] in answers.add(nil) }
        line.add(nil)
    }

    /// Carries out `work` on the thread, even if the calling task is cancelled.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            line.add { [answers] in
                let value = work()
                answers.add { continuation.resume(returning: value) }
            }
        }
    }

    /// What is added to the niceness of the thread that begins it: 7 more is about a fifth of its weight.
    private static let niceness: Int32 = 7
    /// The nicest that a thread can be.
    private static let nicest: Int32 = 19

    /// Makes the calling thread lighter: on Linux niceness is a thread's own, and begins as that of whoever began the thread.
    ///
    /// A system that refuses is no reason not to work.
    private static func giveWay() {
        let ofOneThread = __priority_which_t(PRIO_PROCESS.rawValue)
        setpriority(ofOneThread, 0, min(getpriority(ofOneThread, 0) + niceness, nicest))
    }
}
