/// One request of a race and what came of it.
package struct RaceOperation: Sendable, Equatable {
    /// What is known about a request.
    package enum Outcome: String, Sendable, Equatable {
        /// The server says that it did what was asked (2xx but 202).
        case done
        /// The server says that it did not, because of somebody else: 409, 412, 423 or 428.
        case refused
        /// The server does not want to be asked now: 429, 503.
        case turnedAway = "turned-away"
        /// Nobody can tell whether the server did it: no answer in time, a lost connection, 202, another 5xx.
        case unknown
        /// It never left.
        case notSent = "not-sent"
        /// The server cannot do it at all: 401, 404, 415 …, or what it sent cannot be used.
        case failed
    }

    /// The number of the writer, from 0.
    package var writer: Int
    /// The method.
    package var method: String
    /// The tag in If-Match, as sent.
    package var condition: String?
    /// When it began, in nanoseconds since the race did.
    package var began: UInt64
    /// When its answer, or the end of waiting for one, came.
    package var ended: UInt64
    /// The status of the answer, if there was one.
    package var status: Int?
    /// The ETag of the answer, as received.
    package var tag: String?
    /// What a read saw in the field, or a write put there.
    package var field: FieldSight?
    /// The mark that a write added, if it added one.
    package var mark: String?
    /// What is known about it.
    package var outcome: Outcome

    /// An operation.
    package init(
        writer: Int,
        method: String,
        condition: String? = nil,
        began: UInt64,
        ended: UInt64,
        status: Int? = nil,
        tag: String? = nil,
        field: FieldSight? = nil,
        mark: String? = nil,
        outcome: Outcome,
    ) {
        self.writer = writer
        self.method = method
        self.condition = condition
        self.began = began
        self.ended = ended
        self.status = status
        self.tag = tag
        self.field = field
        self.mark = mark
        self.outcome = outcome
    }

    /// Whether the server may have done it.
    package var mayBeApplied: Bool { outcome == .done || outcome == .unknown }

    /// The writer's name: A to Z, then A1 to Z1 and so on.
    package var writerName: String {
        let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8(truncatingIfNeeded: max(0, writer) % 26))
        let lap = max(0, writer) / 26
        return lap == 0 ? String(Character(letter)) : "\(Character(letter))\(lap)"
    }
}
