import ConflictEngine
import HTTPSemantics

/// Finds out what is there before locks and the `If` field are judged, and lets the request go on.
final class LockCheck: Errand {
    override var takesBodyFirst: Bool { false }

    override func run() {
        readResource { [unowned self] outcome in
            guard case .answer(let representation, _) = outcome else {
                return end(.unavailable(.overloaded, "\(exchange.identity) could not be read to judge its locks."))
            }
            let exists = representation.status != 404 && representation.status != 410
            if let refusal = exchange.lockRefusal(exists: exists, tag: exchange.tagForLocks(representation)) {
                return end(refusal)
            }
            let exchange = exchange
            cancel()
            exchange.versioning = nil
            exchange.goOn()
        }
    }
}
