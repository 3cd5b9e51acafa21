import ConflictEngine
import HTTPSemantics
import HTTPWire

extension ExplanationWalk {
    /// Whether a request on a route with locks goes on: the gateway itself answers LOCK, UNLOCK and a malformed `If`.
    ///
    /// Whether something is locked is not known here.
    mutating func passesLocks() -> Bool {
        do {
            switch request.method {
            case "LOCK": return try lock()
            case "UNLOCK":
                _ = try LockTokenField(fieldLines: head.values(of: .lockToken))
                return answers(204, "the gateway itself ends the lock that Lock-Token names, if it is held")
            default:
                if !method.isSafe { _ = try ifHeader() }
                return true
            }
        } catch let fault as IfHeaderFault {
            return refuse(.badRequest, "The If field was refused: \(fault.summary)")
        } catch let fault as LockFieldFault {
            return refuse(.badRequest, fault.summary)
        } catch {
            return refuse(.badRequest, "\(error)")
        }
    }

    private mutating func lock() throws -> Bool {
        let header = try ifHeader()
        switch framing {
        case .none, .length(0):
            guard header?.refreshedToken == nil else {
                return answers(200, "the gateway itself starts the time of that lock anew, if it is held")
            }
            let detail = "A LOCK needs a lockinfo as its body, or an If field with one token to refresh that lock."
            return refuse(.badRequest, detail)
        default:
            _ = try DepthField.ofLock(head.values(named: "depth"))
            return answers(
                200,
                "the gateway itself grants a lock, unless somebody else holds one; 201 if nothing is there"
            )
        }
    }

    private func ifHeader() throws(IfHeaderFault) -> IfHeader? {
        let lines = head.values(of: .davIf)
        return lines.isEmpty ? nil : try IfHeader(fieldLines: lines)
    }

    private mutating func answers(_ status: Int, _ what: String) -> Bool {
        explanation.outcome = .answered(status: status, what: what)
        return false
    }
}
