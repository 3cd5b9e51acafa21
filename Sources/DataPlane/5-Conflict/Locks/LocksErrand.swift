import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore
import StoragePorts

/// `/.well-known/parley/locks`: locks as JSON, for clients that do not speak WebDAV (contract §8).
final class LocksErrand: Errand {
    private let id: String?
    private static let methods = ["LOCK", "PUT", "PATCH", "DELETE", "POST", "GET"]

    /// An errand about all locks of a resource, or about the one called `id`.
    init(_ exchange: Exchange, id: String?) {
        self.id = id
        super.init(exchange)
    }

    override func run() {
        guard let keeper = exchange.loop.shared.locks else {
            return end(.unavailable(.overloaded, "There are no locks."))
        }
        guard let id else { return exchange.method == .post ? take(keeper) : list(keeper) }
        let token = StateToken(uuid: Array(id.utf8))
        let known = token.flatMap { token in
            keeper.register.withTable { $0.lock(token, now: WallClock.milliseconds()) }
        }
        guard let lock = known else { return end(Self.unknown(id)) }
        if let refusal = actOn(lock.root.path, by: Self.methods) { return end(refusal) }
        switch exchange.method {
        case .put: refresh(lock, keeper)
        case .delete: release(lock, keeper)
        default: end(Self.document(lock, status: 200))
        }
    }

    private static func unknown(_ id: String) -> LocalReply {
        .problem(.noRoute, "No lock called «\(id)» is held; it has expired or been released.")
    }

    // MARK: Taking

    private func take(_ keeper: LockKeeper) {
        guard let wish = try? JSONParser.parse(body), let resource = wish["resource"]?.string, resource.hasPrefix("/")
        else {
            return end(
                .problem(.badRequest, "A lock needs a JSON object with «resource», the path of what is to be locked.")
            )
        }
        if let refusal = actOn(Array(resource.utf8), by: Self.methods) { return end(refusal) }
        guard let policy = exchange.plan?.conflict?.policy.locks else {
            return end(.problem(.badRequest, "\(exchange.pathText) cannot be locked: its route has no locks."))
        }
        guard let duration = duration(wish["timeout"], within: policy) else { return end(Self.badTimeout) }
        guard let token = StateToken(uuid: exchange.newUUID()) else { return }
        let request = LockRequest(
            token: token,
            root: exchange.identity,
            scope: wish["scope"]?.string == "shared" ? .shared : .exclusive,
            depth: wish["depth"]?.string == "infinity" ? .infinity : .zero,
            owner: wish["owner"]?.string.flatMap { LockOwner(text: $0) }?.element ?? [],
            principal: exchange.principal,
            duration: duration
        )
        takeTurn { [unowned self] in
            let box = NIOLoopBound(self, eventLoop: exchange.loop.loop)
            keeper.grant(request) { result in
                box.eventLoop.execute { box.value.taken(result) }
            }
        }
    }

    private func taken(_ result: Result<HeldLock, any Error>) {
        switch result {
        case .success(let lock) where exchange.isOver:
            _ = exchange.loop.shared.locks?.forceRelease(lock.token)
        case .success(let lock):
            var reply = Self.document(lock, status: 201)
            reply.lines += LocalReply.line("Location", "/.well-known/parley/locks/\(Self.id(of: lock))")
            end(reply)
        case .failure(let refusal as LockRefusal):
            guard case .conflicting(let locks) = refusal else { return end(.unavailable(.overloaded, refusal.summary)) }
            end(exchange.lockedReply(locks))
        case .failure: end(.lockNotKept)
        }
    }

    /// How long (ms): a duration such as `60s`, or whole seconds; `nil` for what is neither.
    private func duration(_ value: JSONValue?, within policy: LockPolicy) -> Int64? {
        let longest = Int64(policy.longest.wholeMilliseconds)
        switch value {
        case nil, .null?: return longest
        case .string(let text)?:
            guard let wished = try? Duration(parsing: text), wished > .zero else { return nil }
            return min(longest, Int64(wished.wholeMilliseconds))
        case .number(let number)?:
            guard let seconds = number.integer, seconds > 0 else { return nil }
            return min(longest, Int64(min(seconds, 1 << 32)) &* 1000)
        default: return nil
        }
    }

    private static let badTimeout = LocalReply.problem(
        .badRequest,
        "«timeout» must be a duration such as \"60s\", or a number of seconds."
    )

    // MARK: Refreshing and ending

    private func refresh(_ lock: HeldLock, _ keeper: LockKeeper) {
        guard let policy = exchange.plan?.conflict?.policy.locks,
            let duration = duration((try? JSONParser.parse(body))?["timeout"], within: policy)
        else { return end(Self.badTimeout) }
        let box = NIOLoopBound(self, eventLoop: exchange.loop.loop)
        keeper.refresh(lock.token, at: lock.root, by: exchange.principal, duration: duration) { result in
            box.eventLoop.execute { box.value.refreshed(result) }
        }
    }

    private func refreshed(_ result: Result<HeldLock, any Error>) {
        switch result {
        case .success(let lock): end(Self.document(lock, status: 200))
        case .failure(LockFault.notHolder): end(.problem(.forbidden, LockFault.notHolder.summary))
        case .failure(is LockFault): end(Self.unknown(id ?? ""))
        case .failure: end(.lockNotKept)
        }
    }

    private func release(_ lock: HeldLock, _ keeper: LockKeeper) {
        let box = NIOLoopBound(self, eventLoop: exchange.loop.loop)
        keeper.release(lock.token, at: lock.root, by: exchange.principal) { result in
            box.eventLoop.execute { box.value.released(result) }
        }
    }

    private func released(_ result: Result<Void, any Error>) {
        switch result {
        case .success: end(LocalReply(status: 204))
        case .failure(LockFault.notHolder): end(.problem(.forbidden, LockFault.notHolder.summary))
        case .failure(is LockFault): end(Self.unknown(id ?? ""))
        case .failure: end(.endOfLockNotKept)
        }
    }

    // MARK: Showing

    private func list(_ keeper: LockKeeper) {
        let query = exchange.querySlice.map { connection.head.copy($0) } ?? []
        guard let written = QueryString.value(of: Array("resource".utf8), in: query) else {
            return end(.problem(.badRequest, "Say which locks: add ?resource=PATH."))
        }
        if let refusal = actOn(PercentEncoding.decoded(written), by: Self.methods) { return end(refusal) }
        let (identity, now) = (exchange.identity, WallClock.milliseconds())
        let locks = keeper.register.withTable { $0.locksCovering(identity, now: now) }
        let document: JSONValue = ["items": .array(locks.map { .object(Self.members(of: $0)) })]
        end(Self.reply(document, status: 200))
    }

    private static func id(of lock: HeldLock) -> String { String(lock.token.description.dropFirst("urn:uuid:".count)) }

    private static func document(_ lock: HeldLock, status: Int) -> LocalReply {
        reply(.object(members(of: lock)), status: status)
    }

    private static func members(of lock: HeldLock) -> JSONObject {
        var object = lock.document
        object.set("id", to: .string(id(of: lock)))
        return object
    }

    private static func reply(_ document: JSONValue, status: Int) -> LocalReply {
        LocalReply(
            status: status,
            lines: LocalReply.line("Content-Type", "application/json") + LocalReply.line("Cache-Control", "no-store"),
            body: JSONWriter.bytes(document)
        )
    }
}
