/// The states of a resource in the order of the upstream's log; state 0 is what was there at first.
struct Timeline {
    /// One state.
    struct State {
        /// The nonce in it; of a removal, the nonce of what removed it; `nil` for nothing at first.
        let nonce: String?
        /// Whether there is nothing.
        let isAbsent: Bool
        /// The first moment at which it was current.
        let from: UInt64
        /// The first moment at which it no longer was.
        var until = UInt64.max
    }

    /// The states.
    let states: [State]
    private var positions: [String: Int] = [:]

    /// The states that `initial` and the log make.
    init(initial: String?, applied: [AppliedWrite]) {
        var states = [State(nonce: initial, isAbsent: initial == nil, from: 0)]
        if let initial { positions[initial] = 0 }
        for write in applied {
            states[states.count - 1].until = write.at
            if positions[write.nonce] == nil { positions[write.nonce] = states.count }
            states.append(State(nonce: write.nonce, isAbsent: write.removes, from: write.at))
        }
        self.states = states
    }

    /// The state that the write with `nonce` made, or 0 if `nonce` was there at first.
    func position(of nonce: String) -> Int? { positions[nonce] }

    /// Whether `state` was current at every instant from `start` to `end`.
    func isCurrent(_ state: Int, throughout start: UInt64, _ end: UInt64) -> Bool {
        states[state].from <= start && states[state].until > end
    }

    /// Whether `state` was current at some instant from `start` to `end`.
    func isCurrent(_ state: Int, sometimeIn start: UInt64, _ end: UInt64) -> Bool {
        states[state].from <= end && states[state].until >= start
    }

    /// Whether a state that is absent, or one that is not, was current at some instant from `start` to `end`.
    func wasAbsent(_ absent: Bool, sometimeIn start: UInt64, _ end: UInt64) -> Bool {
        states[firstAlive(at: start)...].prefix { $0.from <= end }.contains { $0.isAbsent == absent }
    }

    /// Whether there was nothing at some time up to `end`, in `first` or a later state.
    func wasAbsent(since first: Int, until end: UInt64) -> Bool {
        states[first...].prefix { $0.from <= end }.contains(where: \.isAbsent)
    }

    /// The first state that was still current at `moment`, found by halving, as logs are long.
    private func firstAlive(at moment: UInt64) -> Int {
        var (low, high) = (0, states.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if states[middle].until >= moment { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
