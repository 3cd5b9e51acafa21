/// The value of an `If` field: conditions on locks and versions of one or several resources (RFC 4918, section 10.4).
package struct IfHeader: Sendable, Equatable {
    /// The conditions on one resource.
    package struct Production: Sendable, Equatable {
        /// The resource tag without brackets, an absolute URI or a path from the root with or without a query; `nil`
        /// for the resource of the request itself.
        package let resource: [UInt8]?
        /// Alternatives, at least one; within each every condition must hold, and there is at least one.
        package let lists: [[IfCondition]]
    }

    /// The largest number of conditions that is read.
    package static let mostConditions = 100

    /// Alternatives, at least one: either a single one without a tag, or all with a tag.
    package let productions: [Production]

    /// Reads the lines of the field, of which there may be only one.
    package init(fieldLines: [[UInt8]]) throws(IfHeaderFault) {
        guard let field = fieldLines.first else { throw IfHeaderFault(.empty, at: 0) }
        guard fieldLines.count == 1 else { throw IfHeaderFault(.severalFields, at: 0) }
        var scanner = IfHeaderScanner(field)
        productions = try scanner.productions()
    }

    /// Whether one list of one production holds; if not, the answer is 412.
    ///
    /// `state` is asked for the state of the resource of each tag, or of the request for `nil`.
    package func holds(_ state: ([UInt8]?) -> IfResourceState) -> Bool {
        productions.contains { production in
            let found = state(production.resource)
            return production.lists.contains { $0.allSatisfy { $0.holds(for: found) } }
        }
    }

    /// Every token that the field names, in order and each once, whether or not its list is true.
    ///
    /// To name a token is to submit it, negated or not (RFC 4918, section 10.4.1); `DAV:no-lock` names no lock.
    package var submittedTokens: [StateToken] {
        var seen: Set<StateToken> = [.noLock]
        return productions.flatMap(\.lists).joined().compactMap { condition in
            guard case .token(let token) = condition.subject, seen.insert(token).inserted else { return nil }
            return token
        }
    }

    /// The one token of a field that is no more than `(<token>)`, with or without a tag: what refreshes a lock
    /// (RFC 4918, section 9.10.2).
    package var refreshedToken: StateToken? {
        guard productions.count == 1, productions[0].lists.count == 1, productions[0].lists[0].count == 1,
            case .token(let token) = productions[0].lists[0][0].subject, !productions[0].lists[0][0].isNegated,
            token != .noLock
        else { return nil }
        return token
    }

    /// Whether a condition names a version, which must be known to judge it.
    package var namesVersions: Bool {
        for production in productions {
            for condition in production.lists.joined() {
                if case .tag = condition.subject { return true }
            }
        }
        return false
    }

    /// The field as it is sent.
    package var bytes: [UInt8] {
        var parts: [[UInt8]] = []
        for production in productions {
            if let resource = production.resource { parts.append([ASCII.less] + resource + [ASCII.greater]) }
            for list in production.lists {
                let conditions = list.map(\.bytes).joined(separator: [ASCII.space])
                parts.append([ASCII.openingParenthesis] + conditions + [ASCII.closingParenthesis])
            }
        }
        return Array(parts.joined(separator: [ASCII.space]))
    }
}
