import Catalog
import ConflictEngine
import HTTPSemantics
import HTTPWire
import StoragePorts

extension Exchange {
    /// Answers LOCK and UNLOCK, and sees to it that nobody writes what somebody else has locked (contract §8, `locks`);
    /// `nil` to go on.
    func beginLocking(_ conflict: ConflictPlan) -> Verdict? {
        switch connection.head.text(connection.head.method) {
        case "LOCK": return beginErrand(LockCall(self))
        case "UNLOCK": return beginErrand(UnlockCall(self))
        default: break
        }
        guard !method.isSafe else { return nil }
        do throws(IfHeaderFault) {
            let lines = connection.head.values(of: .davIf)
            let header = lines.isEmpty ? nil : try IfHeader(fieldLines: lines)
            lockConditions = LockConditions(header: header, principal: principal)
        } catch {
            return .reply(.problem(.badRequest, "The If field was refused: \(error.summary)"))
        }
        // A write that takes a turn is judged in it, with the version that it finds.
        let takesTurn =
            conflict.isSerialise
            && conflict.policy.givesTurn(to: method, namingVersion: connection.head.namesVersion)
        return takesTurn ? nil : judgeLocksAtOnce()
    }

    /// Judges without reading the resource where that makes no difference.
    private func judgeLocksAtOnce() -> Verdict? {
        let namesVersions = lockConditions?.header?.namesVersions == true
        guard !namesVersions, judgeLocks(exists: true, tag: nil) == judgeLocks(exists: false, tag: nil) else {
            return beginErrand(LockCheck(self))
        }
        return lockRefusal(exists: true, tag: nil).map { .reply($0) }
    }

    /// The tag that a client was given for what was just read: the upstream's own where tags are the upstream's business.
    func tagForLocks(_ representation: Representation) -> EntityTag? {
        plan?.conflict?.ownsTags == true ? representation.version : representation.upstreamTag
    }

    /// Who asks, as far as locks are concerned; `nil` for callers that nothing tells apart.
    var principal: String? {
        consumerName.map { "consumer:\($0)" }
            ?? CallerDigest.name(
                authorization: connection.head.values(of: .authorization),
                cookie: connection.head.values(of: .cookie)
            )
    }

    /// Why the `If` field or locks stand in the way of this write; `nil` if they do not.
    ///
    /// `exists` and `tag` say what is there now, as far as it is known.
    func lockRefusal(exists: Bool, tag: EntityTag?) -> LocalReply? {
        switch judgeLocks(exists: exists, tag: tag) {
        case .proceed:
            fence = fence ?? fenceOfLock
            return nil
        case .preconditionFailed:
            var report = ConflictReport(.staleVersion)
            report.yourVersion = connection.head.text(of: .davIf)
            report.currentVersion = tag?.text
            report.detail = "The condition in the If field does not hold: see the locks and versions that it names."
            return conflictReply(report)
        case .locked(let locks): return lockedReply(locks)
        }
    }

    private func judgeLocks(exists: Bool, tag: EntityTag?) -> LockJudgement {
        guard let lockConditions, let keeper = loop.shared.locks else { return .proceed }
        if keeper.register.isEmpty, lockConditions.header == nil { return .proceed }
        let destination = destinationIdentities().first
        let write = GuardedWrite.of(
            method: connection.head.text(connection.head.method),
            on: identity,
            exists: exists,
            destination: destination,
            replaces: connection.head.values(named: "overwrite").first != [UInt8(ascii: "F")]
        )
        let (identity, now) = (identity, WallClock.milliseconds())
        // What was locked before it was made has its lock from the beginning.
        let isHere = exists || keeper.register.withTable { $0.isRoot(identity, now: now) }
        let own = isHere ? LockConditions.Found(identity, tag: tag) : nil
        return keeper.register.judge(write, lockConditions, now: now) { [self] resource in
            guard let resource else { return own }
            guard let named = namedIdentity(resource) else { return nil }
            if named == identity { return own }
            return LockConditions.Found(named, tag: nil)
        }
    }

    /// The identity of what an absolute URI or a path names behind this gateway.
    private func namedIdentity(_ resource: [UInt8]) -> ResourceIdentity? {
        guard let plan else { return nil }
        return identity(ofReference: resource, under: plan)
    }

    /// The number of the lock under which this caller writes.
    private var fenceOfLock: Int64? {
        guard let lockConditions, !lockConditions.caller.tokens.isEmpty, let keeper = loop.shared.locks else {
            return nil
        }
        let (identity, now) = (identity, WallClock.milliseconds())
        return keeper.register.withTable { table in
            table.locksCovering(identity, now: now).first { $0.permits(lockConditions.caller) }?.fence
        }
    }

    /// 423: who holds what, and until when.
    func lockedReply(_ locks: [HeldLock]) -> LocalReply {
        var report = ConflictReport(.locked)
        let left = (locks.map(\.expiresAt).max() ?? 0) - WallClock.milliseconds()
        report.retryAfter = max(1, left)
        report.detail =
            "\(locks.first.map { "\($0.root)" } ?? "It") is locked\(Self.holder(of: locks.first)). "
            + "Wait until the lock is released or expires, or send its token in the If field if you hold it."
        return conflictReply(report)
    }

    private static func holder(of lock: HeldLock?) -> String {
        guard let lock, let owner = try? LockOwner(element: lock.owner), !owner.text.isEmpty else { return "" }
        return " by «\(String(decoding: owner.text.prefix(200), as: UTF8.self))»"
    }

    /// Ends the locks on what a request has taken away.
    func endLocksOfRemoved(_ status: Int) {
        guard (200...299).contains(status), method == .delete || method == .move, plan?.conflict?.policy.locks != nil
        else { return }
        loop.shared.locks?.removeTree(identity)
    }
}
