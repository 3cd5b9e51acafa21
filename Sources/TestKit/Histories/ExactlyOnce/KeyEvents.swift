/// What happened under one key of one caller, in the order of time.
struct KeyEvents {
    /// The calls, by beginning.
    var calls: [KeyedCall] = []
    /// What the upstream did, by arrival.
    var executions: [UpstreamExecution] = []

    /// When it began.
    var begin: UInt64 { min(calls.first?.invoked ?? .max, executions.first?.received ?? .max) }

    /// Key and caller.
    var name: String { (calls.first?.slot ?? executions.first?.slot)?.description ?? "" }

    /// The executions that took effect.
    var applied: [UpstreamExecution] { executions.filter { $0.applied != nil } }

    /// The one call that can have caused an execution: the one it names, or the only one that had begun by then and may
    /// have held the key; `nil` where several may have.
    func cause(of execution: UpstreamExecution) -> KeyedCall? {
        if let number = execution.call { return calls.first { $0.number == number } }
        let begun = calls.prefix { $0.invoked <= execution.received }
        return begun.count == 1 ? begun.first : nil
    }
}
