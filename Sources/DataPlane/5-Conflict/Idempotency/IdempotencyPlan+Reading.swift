import Catalog
import ConflictEngine
import HTTPWire

extension IdempotencyPlan {
    /// What a request says of its key.
    enum Reading {
        /// Nothing, and nothing is needed.
        case none
        /// A key.
        case key(IdempotencyKey)
        /// Nothing that can be used, though it is needed.
        case refused(LocalReply)
    }

    /// Reads the key of a request (contract §8).
    func reading(of head: borrowing MessageHead) -> Reading {
        guard methods.contains(head.copy(head.method)) else { return .none }
        var lines: [[UInt8]] = []
        for field in head.fields where head.names(field, header) { lines.append(head.copy(field.value)) }
        guard !lines.isEmpty else { return policy.isRequired ? .refused(missing) : .none }
        do throws(MalformedKey) {
            return .key(try IdempotencyKey(fieldLines: lines, syntax: syntax))
        } catch {
            return .refused(.problem(.badRequest, "\(policy.header) was refused: \(error.reason)."))
        }
    }

    private var missing: LocalReply {
        .problem(
            .badRequest,
            "This request must carry \(policy.header): make one up, such as a UUID in quotes, and send it again "
                + "with each retry."
        )
    }

    /// Refuses a key of which nobody can tell whose it is.
    var callerUnknown: LocalReply {
        .problem(
            .badRequest,
            "\(policy.header) needs a caller who can be told from others; send Authorization or Cookie."
        )
    }
}
