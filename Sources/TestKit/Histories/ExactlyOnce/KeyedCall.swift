/// One request with an idempotency key, and what its sender learnt.
package struct KeyedCall: Sendable, Hashable {
    /// A key together with the caller that it belongs to; equal keys of two callers have nothing in common.
    package struct Slot: Sendable, Hashable {
        /// Who calls: tenant and consumer, or whatever else tells callers apart.
        package var principal: String
        /// The key as the caller meant it, without quotes.
        package var key: String

        /// A key of a caller.
        package init(principal: String, key: String) {
            (self.principal, self.key) = (principal, key)
        }
    }

    /// An answer of the upstream, first-hand or replayed.
    package struct Reply: Sendable, Hashable {
        /// The status.
        package var status: Int
        /// The fields that a replay must repeat, by lower-case name; none that are fresh each time, such as `Date`.
        package var fields: [String: String]
        /// The body.
        package var body: [UInt8]
        /// The effect that the body speaks of, if it names one.
        package var effect: String?
        /// Whether it is marked as a replay (`Idempotent-Replayed: true`).
        package var isReplay: Bool

        /// An answer.
        package init(
            status: Int,
            fields: [String: String] = [:],
            body: [UInt8],
            effect: String?,
            isReplay: Bool = false
        ) {
            (self.status, self.fields, self.body) = (status, fields, body)
            (self.effect, self.isReplay) = (effect, isReplay)
        }
    }

    /// What came back.
    package enum Outcome: Sendable, Hashable {
        /// The upstream's answer.
        case reply(Reply)
        /// 409 `duplicate-in-flight`.
        case inFlight
        /// 422 `key-reused`.
        case keyReused
        /// 409 `outcome-unknown`: an earlier attempt under the key is in doubt.
        case outcomeUnknown
        /// 502 or 504 to the caller whose own request was sent, with what the answer says about it.
        case failed(ClientOperation.Claim)
        /// 503, or another refusal before anything was tried.
        case unavailable
        /// No answer: the client left, or the connection broke.
        case lost
    }

    /// What sentences call it; unique in the history.
    package var number: Int
    /// The caller and the key.
    package var slot: Slot
    /// What stands for method, target and body: equal for equal requests.
    package var fingerprint: String
    /// When it began, in nanoseconds of the clock that the upstream's log uses too.
    package var invoked: UInt64
    /// When it ended.
    package var completed: UInt64
    /// What came back.
    package var outcome: Outcome

    /// A call.
    package init(
        _ number: Int,
        _ slot: Slot,
        fingerprint: String,
        invoked: UInt64,
        completed: UInt64,
        outcome: Outcome
    ) {
        (self.number, self.slot, self.fingerprint) = (number, slot, fingerprint)
        (self.invoked, self.completed, self.outcome) = (invoked, completed, outcome)
    }
}

extension KeyedCall {
    /// The upstream's answer, if there was one.
    package var reply: Reply? {
        guard case .reply(let reply) = outcome else { return nil }
        return reply
    }

    /// Whether it was answered with success.
    package var isSuccess: Bool { reply?.isSuccess ?? false }

    /// Whether it may have made the key its own: whoever was turned away because of another has not.
    var mayHoldKey: Bool {
        switch outcome {
        case .reply, .failed, .unavailable, .lost: true
        case .inFlight, .keyReused, .outcomeUnknown: false
        }
    }
}

extension KeyedCall.Reply {
    /// Whether it is a 2xx.
    package var isSuccess: Bool { (200..<300).contains(status) }

    /// Whether another answer is the same, apart from the mark of a replay.
    package func isIdentical(to other: Self) -> Bool {
        status == other.status && fields == other.fields && body == other.body
    }
}

extension KeyedCall.Slot: CustomStringConvertible {
    /// Key and caller in a few words.
    package var description: String { "key \(key) of \(principal)" }
}

extension KeyedCall: CustomStringConvertible {
    /// One line for a person who looks for the fault.
    package var description: String {
        "call \(number) [\(invoked), \(completed)] with \(slot) for \(fingerprint) → \(outcome)"
    }
}

extension KeyedCall.Outcome: CustomStringConvertible {
    /// What came back, in a few words.
    package var description: String {
        switch self {
        case .reply(let reply):
            "\(reply.status)\(reply.isReplay ? " replayed" : "") of \(reply.body.count) bytes"
                + (reply.effect.map { " about effect \($0)" } ?? "")
        case .inFlight: "duplicate-in-flight"
        case .keyReused: "key-reused"
        case .outcomeUnknown: "outcome-unknown"
        case .failed(let claim): "failed, \(claim.rawValue)"
        case .unavailable: "unavailable"
        case .lost: "no answer"
        }
    }
}
