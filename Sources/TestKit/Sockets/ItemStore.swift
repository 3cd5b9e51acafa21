import HTTPSemantics

/// The items of a small API without any concurrency control, and a log of what was written to them.
struct ItemStore: Sendable {
    /// One request.
    struct Request: Sendable {
        /// The method.
        var method: String
        /// The path.
        var path: String
        /// The body.
        var body: [UInt8]
        /// Its media type.
        var mediaType: String
        /// What tells this write from all others.
        var nonce: String?
        /// If-Match as sent.
        var ifMatch: String?
        /// If-None-Match as sent.
        var ifNoneMatch: String?
        /// The version that X-Expected-Version names.
        var expected: String?
        /// Parley-Fence as sent.
        var fence: Int64?
        /// Its line in the log of requests with a key.
        var execution: Int?
    }

    /// One answer.
    struct Answer: Sendable, Equatable {
        /// The status.
        var status: Int
        /// The item's tag, if the store gives tags.
        var tag: String?
        /// Its media type.
        var mediaType: String?
        /// Where a new item is.
        var location: String?
        /// The body.
        var body: [UInt8] = []
        /// The request's line in the log of requests with a key.
        var execution: Int?
    }

    private struct Item: Sendable {
        let body: [UInt8]
        let mediaType: String
        let number: Int

        var tag: String { "\"r\(number)\"" }
    }

    private let check: UpstreamCheck
    private var items: [String: Item] = [:]
    private var changes = 0
    /// The highest fence seen, by path.
    private(set) var fences: [String: Int64] = [:]
    /// How many requests were refused because their fence was lower than one seen before.
    private(set) var lateRefusals = 0
    /// What was written, by path, in order.
    private(set) var log: [String: [AppliedWrite]] = [:]

    /// An empty store that compares what `check` says.
    init(_ check: UpstreamCheck = .nothing) {
        self.check = check
    }

    /// The bytes at `path`.
    func body(at path: String) -> [UInt8]? { items[path]?.body }

    /// Puts an item there without a line in the log.
    mutating func seed(_ path: String, _ body: [UInt8]) {
        place(body, "application/json", at: path)
    }

    /// Removes an item without a line in the log.
    mutating func unseed(_ path: String) { items[path] = nil }

    /// Answers `request`; a write is applied and logged at `now`.
    mutating func answer(_ request: Request, at now: UInt64) -> Answer {
        guard request.path.hasPrefix("/items") else { return Answer(status: 404) }
        guard isInOrder(request) else { return Answer(status: 409) }
        guard check != .tags || holds(request) else { return Answer(status: 412) }
        guard check != .versions || isExpected(request) else { return Answer(status: 409) }
        switch request.method {
        case "GET", "HEAD": return read(request)
        case "PUT": return replace(request, at: now)
        case "PATCH": return patch(request, at: now)
        case "DELETE": return delete(request, at: now)
        case "POST": return post(request, at: now)
        default: return Answer(status: 405)
        }
    }

    /// Whether the version is the one that the request demands, which is one tag or `If-None-Match: *`.
    private func holds(_ request: Request) -> Bool {
        let current = items[request.path]?.tag
        if let wanted = request.ifMatch { return current == wanted }
        return request.ifNoneMatch != "*" || request.method == "GET" || current == nil
    }

    private func isExpected(_ request: Request) -> Bool {
        guard let expected = request.expected, request.method != "GET" else { return true }
        return items[request.path].map { String($0.number) == expected } ?? false
    }

    /// Whether nobody with a higher fence was here before; such a request is remembered, whatever it asks for.
    private mutating func isInOrder(_ request: Request) -> Bool {
        guard check == .fences, let fence = request.fence else { return true }
        let highest = fences[request.path] ?? 0
        guard fence >= highest else {
            lateRefusals += 1
            return false
        }
        fences[request.path] = fence
        return true
    }

    private func read(_ request: Request) -> Answer {
        guard let item = items[request.path] else { return Answer(status: 404) }
        return Answer(status: 200, tag: shown(item), mediaType: item.mediaType, body: item.body)
    }

    private mutating func replace(_ request: Request, at now: UInt64) -> Answer {
        let existed = items[request.path] != nil
        return store(request.body, existed ? 200 : 201, request, at: now)
    }

    private mutating func patch(_ request: Request, at now: UInt64) -> Answer {
        guard let item = items[request.path] else { return Answer(status: 404) }
        guard let patch = Self.parse(request.body), let base = Self.parse(item.body) else { return Answer(status: 400) }
        return store(JSONWriter.bytes(Self.merge(patch, into: base)), 200, request, at: now)
    }

    private mutating func delete(_ request: Request, at now: UInt64) -> Answer {
        guard items.removeValue(forKey: request.path) != nil else { return Answer(status: 404) }
        note(request, removes: true, at: now)
        return Answer(status: 204)
    }

    /// On the collection, makes a new item; on an item, does what PATCH does.
    private mutating func post(_ request: Request, at now: UInt64) -> Answer {
        guard request.path == "/items" else { return patch(request, at: now) }
        var created = request
        created.path = "/items/\(changes + 1)"
        var answer = store(request.body, 201, created, at: now)
        answer.location = created.path
        return answer
    }

    private mutating func store(_ body: [UInt8], _ status: Int, _ request: Request, at now: UInt64) -> Answer {
        let mediaType = request.method == "PUT" ? request.mediaType : "application/json"
        let item = place(body, mediaType, at: request.path)
        note(request, removes: false, at: now)
        return Answer(status: status, tag: shown(item), mediaType: mediaType, body: item.body)
    }

    @discardableResult
    private mutating func place(_ body: [UInt8], _ mediaType: String, at path: String) -> Item {
        changes += 1
        let item = Item(body: numbered(body), mediaType: mediaType, number: changes)
        items[path] = item
        return item
    }

    /// The document with its version in it, where versions are shown so.
    private func numbered(_ body: [UInt8]) -> [UInt8] {
        guard check == .versions, var object = Self.parse(body)?.object else { return body }
        object.set("v", to: .number(JSONNumber(Int64(changes))))
        return JSONWriter.bytes(.object(object))
    }

    private mutating func note(_ request: Request, removes: Bool, at now: UInt64) {
        log[request.path, default: []].append(AppliedWrite(nonce: request.nonce ?? "", at: now, removes: removes))
    }

    private func shown(_ item: Item) -> String? { check == .tags ? item.tag : nil }

    private static func parse(_ bytes: [UInt8]) -> JSONValue? {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            return nil  // Answered with 400.
        }
    }

    /// RFC 7396.
    private static func merge(_ patch: JSONValue, into target: JSONValue) -> JSONValue {
        guard let changes = patch.object else { return patch }
        var object = target.object ?? JSONObject()
        for member in changes.members {
            if case .null = member.value {
                object.remove(member.name)
            } else {
                object.set(member.name, to: merge(member.value, into: object[member.name] ?? .null))
            }
        }
        return .object(object)
    }
}
