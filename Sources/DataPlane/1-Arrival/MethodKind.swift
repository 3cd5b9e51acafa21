import HTTPWire

/// The methods the gateway treats in ways of their own.
package enum MethodKind: UInt8, Sendable, CaseIterable {
    case get, head, post, put, patch, delete, options, trace, connect, move, copy, mkcol, propfind, report, search
    case other

    /// The method of a request's bytes; methods are case-sensitive.
    init(_ head: borrowing MessageHead) {
        let slice = head.method
        switch slice.length {
        case 3: self = head.equals(slice, "GET") ? .get : head.equals(slice, "PUT") ? .put : .other
        case 4:
            self =
                head.equals(slice, "HEAD")
                ? .head
                : head.equals(slice, "POST")
                    ? .post
                    : head.equals(slice, "MOVE") ? .move : head.equals(slice, "COPY") ? .copy : .other
        case 5:
            self =
                head.equals(slice, "PATCH")
                ? .patch
                : head.equals(slice, "TRACE")
                    ? .trace
                    : head.equals(slice, "MKCOL") ? .mkcol : .other
        case 6:
            self =
                head.equals(slice, "DELETE")
                ? .delete
                : head.equals(slice, "REPORT")
                    ? .report
                    : head.equals(slice, "SEARCH") ? .search : .other
        case 7: self = head.equals(slice, "OPTIONS") ? .options : head.equals(slice, "CONNECT") ? .connect : .other
        case 8: self = head.equals(slice, "PROPFIND") ? .propfind : .other
        default: self = .other
        }
    }

    /// The name as a metric label; unknown methods share one.
    package var label: String { self == .other ? "OTHER" : "\(self)".uppercased() }

    /// Whether the method only reads (RFC 9110 §9.2.1, and the reading methods of its extensions).
    package var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace, .propfind, .report, .search: true
        default: false
        }
    }

    /// Whether a request may be sent again after some of it was sent (contract §2, `retries`).
    var mayBeRepeated: Bool {
        switch self {
        case .get, .head, .options: true
        default: false
        }
    }
}
