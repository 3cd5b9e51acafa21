import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore
import StoragePorts

/// LOCK: takes a lock, or starts the time of one anew (RFC 4918 §9.10).
final class LockCall: Errand {
    /// The longest time of a lock here (ms).
    private var longest: Int64 {
        Int64(exchange.plan?.conflict?.policy.locks?.longest.wholeMilliseconds ?? 600_000)
    }

    /// The time asked for (ms), within what is allowed.
    private var duration: Int64 {
        let field = TimeoutField(fieldLines: connection.head.values(named: "timeout"))
        return min(longest, field.seconds(cappedAt: max(1, longest / 1000)) &* 1000)
    }

    override func run() {
        let lines = connection.head.values(of: .davIf)
        do {
            let header = lines.isEmpty ? nil : try IfHeader(fieldLines: lines)
            guard !body.isEmpty else { return try refresh(header) }
            let info = try LockInfo(body: body)
            let depth = try DepthField.ofLock(connection.head.values(named: "depth"))
            find(info, depth, LockConditions(header: header, principal: exchange.principal))
        } catch let fault as IfHeaderFault {
            end(.problem(.badRequest, "The If field was refused: \(fault.summary)"))
        } catch let fault as XMLFault {
            end(.problem(.badRequest, "The body of the LOCK was refused: \(fault.summary)"))
        } catch let fault as LockFieldFault {
            end(.problem(.badRequest, fault.summary))
        } catch {
            end(.problem(.badRequest, "\(error)"))
        }
    }

    // MARK: A new lock

    private func find(_ info: LockInfo, _ depth: LockDepth, _ conditions: LockConditions) {
        exchange.lockConditions = conditions
        guard exchange.readSubject(for: .init()) != nil else { return takeTurn(info, depth, exists: true, tag: nil) }
        readResource { [unowned self] outcome in
            guard case .answer(let representation, let relay) = outcome, representation.status < 500 else {
                return end(.unavailable(.overloaded, "\(exchange.identity) could not be read, so it was not locked."))
            }
            // Whoever may not read it may not keep others from it either.
            if representation.status == 401 || representation.status == 403 { return end(relay.reply) }
            let exists = representation.status != 404 && representation.status != 410
            takeTurn(info, depth, exists: exists, tag: exchange.tagForLocks(representation))
        }
    }

    private func takeTurn(_ info: LockInfo, _ depth: LockDepth, exists: Bool, tag: EntityTag?) {
        takeTurn { [unowned self] in
            if let refusal = exchange.lockRefusal(exists: exists, tag: tag) { return end(refusal) }
            grant(info, depth, exists: exists)
        }
    }

    private func grant(_ info: LockInfo, _ depth: LockDepth, exists: Bool) {
        guard let keeper = exchange.loop.shared.locks, let token = StateToken(uuid: exchange.newUUID()) else {
            return end(.unavailable(.overloaded, "No locks can be granted here."))
        }
        let request = LockRequest(
            token: token,
            root: exchange.identity,
            scope: info.scope,
            depth: depth,
            owner: info.owner?.element ?? [],
            principal: exchange.principal,
            duration: duration
        )
        let box = NIOLoopBound(self, eventLoop: exchange.loop.loop)
        keeper.grant(request) { result in
            box.eventLoop.execute { box.value.granted(result, status: exists ? 200 : 201) }
        }
    }

    private func granted(_ result: Result<HeldLock, any Error>, status: Int) {
        switch result {
        case .success(let lock) where exchange.isOver:
            // Its client has gone: nobody knows the token, and nobody could give the lock back.
            _ = exchange.loop.shared.locks?.forceRelease(lock.token)
        case .success(let lock):
            var lines = Array("Lock-Token: ".utf8) + LockTokenField(lock.token).bytes + [13, 10]
            lines += LocalReply.line("Parley-Fence", String(lock.fence))
            end(discovery(lock, status: status, lines: lines))
        case .failure(let refusal as LockRefusal):
            guard case .conflicting(let locks) = refusal else { return end(.unavailable(.overloaded, refusal.summary)) }
            end(exchange.lockedReply(locks))
        case .failure: end(.lockNotKept)
        }
    }

    private func discovery(_ lock: HeldLock, status: Int, lines: [UInt8] = []) -> LocalReply {
        LocalReply(
            status: status,
            lines: lines + LocalReply.line("Content-Type", DAVDocument.mediaType)
                + LocalReply.line("Cache-Control", "no-store"),
            body: DAVDocument.lockDiscovery([lock.active(at: WallClock.milliseconds())])
        )
    }

    // MARK: More time

    private func refresh(_ header: IfHeader?) throws {
        guard let token = header?.refreshedToken else {
            return end(
                .problem(
                    .badRequest,
                    "A LOCK needs a lockinfo as its body, or an If field with one token to refresh that lock."
                )
            )
        }
        guard let keeper = exchange.loop.shared.locks else {
            return end(.unavailable(.overloaded, "There are no locks."))
        }
        let box = NIOLoopBound(self, eventLoop: exchange.loop.loop)
        keeper.refresh(token, at: exchange.identity, by: exchange.principal, duration: duration) { result in
            box.eventLoop.execute { box.value.refreshed(result) }
        }
    }

    private func refreshed(_ result: Result<HeldLock, any Error>) {
        switch result {
        case .success(let lock): end(discovery(lock, status: 200))
        case .failure(LockFault.notHolder): end(.problem(.forbidden, LockFault.notHolder.summary))
        case .failure(let fault as LockFault):
            var report = ConflictReport(.staleVersion)
            report.detail = fault.summary
            end(exchange.conflictReply(report))
        case .failure: end(.lockNotKept)
        }
    }
}
