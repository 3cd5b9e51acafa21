/// One request to one resource and what its sender learnt.
package struct ClientOperation: Sendable, Equatable {
    /// What a write demands of the current version.
    package enum Condition: Sendable, Equatable {
        /// Nothing.
        case none
        /// `If-Match` with this tag.
        case match(String)
        /// `If-None-Match: *`.
        case absent
    }

    /// What was asked for.
    package enum Action: Sendable, Equatable {
        case read
        case write(Condition)
        case delete(Condition)

        /// What is demanded of the current version.
        package var condition: Condition {
            switch self {
            case .read: .none
            case .write(let condition), .delete(let condition): condition
            }
        }
    }

    /// What a refusal to say success or failure says about the write.
    package enum Claim: String, Sendable, Equatable {
        case applied
        case notApplied = "not-applied"
        case unknown
    }

    /// What came back.
    package enum Outcome: Sendable, Equatable {
        /// A read found something: its tag, and the nonce in its bytes.
        case saw(version: String?, nonce: String?)
        /// There is nothing (404, 410).
        case missing
        /// A write succeeded, with its new tag if that was said.
        case done(version: String?)
        /// 412, with the current tag if that was said.
        case refused(current: String?)
        /// Another refusal before anything was tried: 409 `contended` or `outcome-unknown`, 428, 503 …
        case turnedAway(status: Int)
        /// 502 or 504 after the write was sent, with what the answer says about it.
        case uncertain(Claim)
        /// The client went away or lost the connection before an answer.
        case abandoned
        /// The request never left the client.
        case notSent
    }

    /// The number of the client; its operations do not overlap.
    package var client: Int
    /// What was asked for.
    package var action: Action
    /// What a write left in the representation or the upstream's log, unique in the history; `nil` for reads.
    package var nonce: String?
    /// When it began, in nanoseconds of the clock that the upstream's log uses too.
    package var invoked: UInt64
    /// When it ended.
    package var completed: UInt64
    /// What came back.
    package var outcome: Outcome

    /// An operation.
    package init(
        client: Int,
        action: Action,
        nonce: String? = nil,
        invoked: UInt64,
        completed: UInt64,
        outcome: Outcome
    ) {
        self.client = client
        self.action = action
        self.nonce = nonce
        self.invoked = invoked
        self.completed = completed
        self.outcome = outcome
    }
}

extension ClientOperation: CustomStringConvertible {
    /// One line for a person who looks for the fault.
    package var description: String {
        let name = nonce.map { " \($0)" } ?? ""
        return "client \(client) [\(invoked), \(completed)] \(action)\(name) → \(outcome)"
    }
}
