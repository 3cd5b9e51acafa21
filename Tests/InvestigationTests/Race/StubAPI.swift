import HTTPSemantics
import Investigation
import Synchronization

/// An API in memory that a race runs on, with every request it got.
final class StubAPI: RaceTransport {
    /// What it does with a request: its answer, given the document, which it may change.
    typealias Behaviour = @Sendable (RaceRequest, inout Content) -> RaceReply

    /// What is kept.
    struct Content: Sendable {
        /// The document.
        var document: [UInt8]
        /// Its version.
        var version = 1
        /// Every request so far.
        var requests: [RaceRequest] = []

        /// The number of requests with this method.
        func count(_ method: String) -> Int { requests.count { $0.method == method } }
    }

    private let content: Mutex<Content>
    private let behaviour: Behaviour

    /// An API with a document.
    init(_ document: String, _ behaviour: @escaping Behaviour) {
        content = Mutex(Content(document: Array(document.utf8)))
        self.behaviour = behaviour
    }

    /// Every request so far.
    var requests: [RaceRequest] { content.withLock { $0.requests } }
    /// The document as text.
    var document: String { content.withLock { String(decoding: $0.document, as: UTF8.self) } }

    func send(_ request: RaceRequest, as writer: Int) async -> RaceReply {
        content.withLock { content in
            content.requests.append(request)
            return behaviour(request, &content)
        }
    }

    /// Answers reads with the document, with a tag if `tags`.
    static func read(_ content: Content, tags: Bool) -> RaceReply {
        let fields = tags ? [RaceField("ETag", "\"\(content.version)\"")] : []
        return .answer(status: 200, fields: fields, body: content.document)
    }

    /// Keeps the body of a PUT.
    static func store(_ request: RaceRequest, _ content: inout Content, tags: Bool) -> RaceReply {
        content.document = request.body ?? []
        content.version += 1
        let fields = tags ? [RaceField("ETag", "\"\(content.version)\"")] : []
        return .answer(status: 200, fields: fields, body: [])
    }

    /// Keeps whatever comes, without a version.
    static let blind: Behaviour = { request, content in
        request.method == "GET" ? read(content, tags: false) : store(request, &content, tags: false)
    }

    /// Gives tags and refuses a stale If-Match.
    static let checked: Behaviour = { request, content in
        if request.method == "GET" { return read(content, tags: true) }
        let condition = request.fields.first { $0.name == "If-Match" }?.value
        guard condition == "\"\(content.version)\"" else {
            return .answer(status: condition == nil ? 428 : 412, fields: [], body: [])
        }
        return store(request, &content, tags: true)
    }

    /// Gives tags and ignores If-Match.
    static let careless: Behaviour = { request, content in
        request.method == "GET" ? read(content, tags: true) : store(request, &content, tags: true)
    }
}
