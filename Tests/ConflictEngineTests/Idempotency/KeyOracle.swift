import ConflictEngine
import Testing

/// What happened to one key, told as plain facts, to compare a record with.
struct KeyOracle {
    private struct Begun {
        var fence: Int64
        var body: String
        var time: Int64
        var leaseEnd: Int64
        var isInDoubt = false
    }

    private struct Done {
        var answer: KeptAnswer
        var time: Int64
        var keptUntil: Int64
        var rememberedUntil: Int64
    }

    private var begun: Begun?
    private var done: Done?
    /// How often a request was let through since the key was last free.
    private(set) var executions = 0

    /// What a claim must be told; `next` is the number it is given if it begins.
    mutating func claimed(_ body: String, at now: Int64, leaseEnd: Int64, next: Int64) -> IdempotencyRuling {
        if let end = done?.rememberedUntil, end <= now { free() }
        guard let known = begun else {
            begun = Begun(fence: next, body: body, time: now, leaseEnd: leaseEnd)
            executions += 1
            return .begun(fence: next)
        }
        if done == nil, known.leaseEnd < now { begun?.isInDoubt = true }
        guard known.body == body else { return .keyReused }
        if let done { return now < done.keptUntil ? .completed(done.answer) : .spent(completedAt: done.time) }
        return begun?.isInDoubt == true ? .uncertain(begunAt: known.time) : .running(leaseEnd: known.leaseEnd)
    }

    /// Whether a settlement must be taken.
    mutating func settled(_ fence: Int64, as settlement: IdempotencySettlement) -> Bool {
        guard isOpen(fence) else { return false }
        switch settlement {
        case .completed(let answer, let time, let kept, let remembered):
            done = Done(answer: answer, time: time, keptUntil: kept, rememberedUntil: remembered)
        case .notApplied: free()
        case .uncertain: begun?.isInDoubt = true
        }
        return true
    }

    /// Whether a renewal must be taken.
    mutating func renewed(_ fence: Int64, until leaseEnd: Int64) -> Bool {
        guard isOpen(fence) else { return false }
        begun?.leaseEnd = leaseEnd
        begun?.isInDoubt = false
        return true
    }

    private func isOpen(_ fence: Int64) -> Bool { done == nil && begun?.fence == fence }

    private mutating func free() {
        begun = nil
        done = nil
        executions = 0
    }
}
