import Catalog
import ConflictEngine
import HTTPWire

/// An errand that grants locks between writes: the one at work, which was judged before there was a lock, is not
/// overtaken.
class GrantingErrand: Errand {
    private var turns: TurnTaking?

    /// Takes the resource's turn, which is held until the errand ends; without it the errand ends here.
    final func takeTurn(_ go: @escaping () -> Void) {
        guard let conflict = exchange.plan?.conflict else { return go() }
        let turns = TurnTaking(
            [exchange.identity],
            limit: conflict.policy.queue,
            wait: conflict.wait,
            slot: exchange.plan?.slot ?? -1,
            on: exchange.loop
        )
        self.turns = turns
        turns.start { [unowned self] outcome in
            guard case .granted = outcome else {
                var report = ConflictReport(.contended)
                report.detail = "Writers kept \(exchange.identity) busy, so it was not locked; try again."
                report.retryAfter = 1000
                return end(exchange.conflictReply(report))
            }
            go()
        }
    }

    override func cancel() {
        turns?.release()
        turns = nil
        super.cancel()
    }
}
