/// The body of an answer that explains why it is not the one hoped for (RFC 9457; contract, sections 3.5 and 4).
package struct ProblemDocument: Sendable, Equatable {
    /// Who refused.
    package enum Origin: String, Sendable, Equatable {
        case gateway
        case upstream
    }

    /// What the upstream itself said.
    package enum UpstreamBody: Sendable, Equatable {
        /// Bytes that were parsed as JSON before; they are put in as they are.
        case json([UInt8])
        /// Anything else; bytes that are not UTF-8 come out as U+FFFD.
        case text([UInt8])
    }

    /// The media type of the document.
    package static let mediaType = "application/problem+json"
    /// Where the readable page of each kind is; the kind follows.
    package static let typePrefix = "/.well-known/parley/problems/"

    /// The kind, such as `no-route`; the last part of `type`.
    package var kind: String
    /// The same for all occurrences of the kind.
    package var title: String
    /// The status of the answer.
    package var status: Int
    /// What happened this time, and what to do about it.
    package var detail: String
    /// A URI reference of this occurrence, such as `urn:uuid:…`; `null` if empty.
    package var instance: String
    /// Who refused.
    package var origin: Origin
    /// The value of `X-Request-Id`; visible ASCII.
    package var requestIdentifier: [UInt8]
    /// The members about a conflict, if it is one.
    package var conflict: ProblemConflict?
    /// What became of a write whose answer was lost: `applied`, `not-applied` or `unknown`.
    package var outcome: String?
    /// What the upstream said.
    package var upstream: UpstreamBody?
    /// Further members, behind the others; no name of theirs.
    package var extensions = JSONObject()

    /// A problem of `kind`.
    package init(
        kind: String,
        title: String,
        status: Int,
        detail: String,
        instance: String = "",
        origin: Origin = .gateway,
        requestIdentifier: [UInt8] = [],
    ) {
        self.kind = kind
        self.title = title
        self.status = status
        self.detail = detail
        self.instance = instance
        self.origin = origin
        self.requestIdentifier = requestIdentifier
    }

    /// The value of `type`, which is also the address of the page about the kind.
    package var type: String { Self.typePrefix + kind }

    /// The document as JSON, its members always in the same order.
    package var bytes: [UInt8] {
        var writer = ProblemWriter(capacity: 256 + detail.utf8.count + title.utf8.count)
        writer.append(self)
        return writer.output
    }
}
