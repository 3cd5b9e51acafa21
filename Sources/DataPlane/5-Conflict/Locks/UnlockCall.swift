import ConflictEngine
import HTTPSemantics
import HTTPWire

/// UNLOCK: ends a lock (RFC 4918 §9.11).
final class UnlockCall: Errand {
    override func run() {
        do {
            let field = try LockTokenField(fieldLines: connection.head.values(of: .lockToken))
            try exchange.loop.shared.locks?.release(field.token, at: exchange.identity, by: exchange.principal)
            end(LocalReply(status: 204, lines: LocalReply.line("Cache-Control", "no-store")))
        } catch LockFault.notHolder {
            end(.problem(.forbidden, LockFault.notHolder.summary))
        } catch let fault as LockFault {
            var report = ConflictReport(.state)
            report.detail = fault.summary
            end(exchange.conflictReply(report))
        } catch let fault as LockFieldFault {
            end(.problem(.badRequest, fault.summary))
        } catch {
            end(.problem(.badRequest, "\(error)"))
        }
    }
}
