/// The conditional fields of one request, and their evaluation (RFC 9110, section 13).
///
/// What comes before any condition is the caller's business: refusals (401, 403, 404, 405, 429), methods that select no
/// representation (OPTIONS, TRACE, CONNECT), and answers that would not be 2xx anyway.
/// ``takesPrecedence(_:)`` says which.
package struct Preconditions: Sendable, Equatable {
    /// What the request would find, as far as versions go.
    package enum Selected: Sendable, Equatable {
        /// There is no current representation.
        case missing
        /// There is one; `lastModified` is in seconds since 1970.
        case present(tag: EntityTag?, lastModified: Int64?)
    }

    /// The condition that failed.
    package enum Step: Sendable, Equatable {
        case ifMatch
        case ifUnmodifiedSince
        case ifNoneMatch
    }

    /// What follows from the conditions.
    package enum Verdict: Sendable, Equatable {
        /// Go on with the method.
        case perform
        /// Answer 304.
        case notModified
        /// Answer 412 and change nothing.
        case failed(Step)
    }

    /// `If-Match`.
    package var ifMatch: EntityTagCondition?
    /// `If-None-Match`; `nil` too where a malformed one came with a safe method.
    package var ifNoneMatch: EntityTagCondition?
    /// `If-Modified-Since` in seconds since 1970; `nil` where it must be ignored.
    package var ifModifiedSince: Int64?
    /// `If-Unmodified-Since` in seconds since 1970; `nil` where it must be ignored.
    package var ifUnmodifiedSince: Int64?
    /// Whether an `If-Unmodified-Since` came that is no single valid date, and so protects nothing.
    package var hasIgnorableUnmodifiedSince = false

    /// A request without conditions.
    package init() {}

    /// Reads the four fields.
    ///
    /// `lines` gives the values of all lines of the field of a name, in order; none if it was not sent. With a safe
    /// method (`isSafe`) a malformed `If-None-Match` is ignored; otherwise it is an error, as a malformed `If-Match`
    /// always is: 400.
    package init(reading lines: (String) -> [[UInt8]], isSafe: Bool) throws(MalformedCondition) {
        ifMatch = try Self.condition("If-Match", lines)
        let noneMatch = lines("If-None-Match")
        if !noneMatch.isEmpty {
            do throws(MalformedCondition) {
                ifNoneMatch = try EntityTagCondition(fieldLines: noneMatch)
            } catch {
                guard isSafe else { throw MalformedCondition(field: "If-None-Match", reason: error.reason) }
            }
        }
        if isSafe, noneMatch.isEmpty { ifModifiedSince = Self.date(lines("If-Modified-Since")) }
        let unmodified = lines("If-Unmodified-Since")
        guard !unmodified.isEmpty else { return }
        let date = Self.date(unmodified)
        hasIgnorableUnmodifiedSince = date == nil
        if ifMatch == nil { ifUnmodifiedSince = date }
    }

    /// Whether there is nothing to evaluate.
    package var isEmpty: Bool {
        ifMatch == nil && ifNoneMatch == nil && ifModifiedSince == nil && ifUnmodifiedSince == nil
    }

    /// Evaluates the conditions in the only correct order (RFC 9110, section 13.2.2).
    ///
    /// `isSafeRead` says that the method is GET or HEAD.
    package func evaluate(isSafeRead: Bool, current: Selected) -> Verdict {
        if let ifMatch {
            guard case .present(let tag, _) = current, ifMatch.matchesStrongly(tag) else { return .failed(.ifMatch) }
        } else if let ifUnmodifiedSince, case .present(_, let date?) = current, date > ifUnmodifiedSince {
            return .failed(.ifUnmodifiedSince)
        }
        if let ifNoneMatch {
            if case .present(let tag, _) = current, ifNoneMatch.matchesWeakly(tag) {
                return isSafeRead ? .notModified : .failed(.ifNoneMatch)
            }
        } else if isSafeRead, let ifModifiedSince, case .present(_, let date?) = current, date <= ifModifiedSince {
            return .notModified
        }
        return .perform
    }

    /// Whether an answer with `status` to the same request without conditions makes all conditions void: anything but
    /// 2xx and 412 does (RFC 9110, section 13.2.1).
    package static func takesPrecedence(_ status: Int) -> Bool {
        !(200...299).contains(status) && status != 412
    }

    private static func condition(
        _ field: String,
        _ lines: (String) -> [[UInt8]],
    ) throws(MalformedCondition) -> EntityTagCondition? {
        let values = lines(field)
        guard !values.isEmpty else { return nil }
        do throws(MalformedCondition) {
            return try EntityTagCondition(fieldLines: values)
        } catch {
            throw MalformedCondition(field: field, reason: error.reason)
        }
    }

    private static func date(_ lines: [[UInt8]]) -> Int64? {
        lines.count == 1 ? HTTPDate.seconds(parsing: lines[0]) : nil
    }
}
