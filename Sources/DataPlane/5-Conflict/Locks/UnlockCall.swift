import ConflictEngine
import HTTPSemantics
import HTTPWire
import NIOCore

/// UNLOCK: ends a lock (RFC 4918 §9.11).
final class UnlockCall: Errand {
    override func run() {
        do throws(LockFieldFault) {
            let field = try LockTokenField(fieldLines: connection.head.values(of: .lockToken))
            release(field.token)
        } catch {
            end(.problem(.badRequest, error.summary))
        }
    }

    private func release(_ token: StateToken) {
        guard let keeper = exchange.loop.shared.locks else {
            return end(.unavailable(.overloaded, "There are no locks."))
        }
        let box = NIOLoopBound(self, eventLoop: exchange.loop.loop)
        keeper.release(token, at: exchange.identity, by: exchange.principal) { result in
            box.eventLoop.execute { box.value.released(result) }
        }
    }

    private func released(_ result: Result<Void, any Error>) {
        switch result {
        case .success: end(LocalReply(status: 204, lines: LocalReply.line("Cache-Control", "no-store")))
        case .failure(LockFault.notHolder): end(.problem(.forbidden, LockFault.notHolder.summary))
        case .failure(let fault as LockFault):
            var report = ConflictReport(.state)
            report.detail = fault.summary
            end(exchange.conflictReply(report))
        case .failure: end(.endOfLockNotKept)
        }
    }
}
