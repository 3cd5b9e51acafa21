/// Why a lock, or the lack of one, stops a request (RFC 4918, section 16).
package enum DAVCondition: Sendable, Equatable {
    /// 423: tokens of the locks with these roots should have been submitted.
    case lockTokenSubmitted([[UInt8]])
    /// 423: locks with these roots stand in the way of a new one.
    case noConflictingLock([[UInt8]])
    /// 412 to a refresh, 409 to an UNLOCK: no lock of that token covers the request's resource.
    case lockTokenMatchesRequestURI

    /// The element, for a document that declares the prefix `D`.
    var element: [UInt8] {
        switch self {
        case .lockTokenSubmitted(let roots): Self.element("lock-token-submitted", roots)
        case .noConflictingLock(let roots): Self.element("no-conflicting-lock", roots)
        case .lockTokenMatchesRequestURI: Self.element("lock-token-matches-request-uri", [])
        }
    }

    private static func element(_ name: String, _ roots: [[UInt8]]) -> [UInt8] {
        roots.isEmpty ? Array("<D:\(name)/>".utf8) : DAVDocument.wrapped(name, roots.flatMap(DAVDocument.href))
    }
}
