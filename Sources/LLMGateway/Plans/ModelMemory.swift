import Catalog
import Synchronization

/// What is known of keys and targets of models, for the life of the process: a reload forgets nothing.
package final class ModelMemory: Sendable {
    private let pools = Mutex<[String: KeyPool]>([:])
    private let healths = Mutex<[String: ModelHealth]>([:])

    /// Nothing known.
    package init() {}

    /// A pool of a provider's keys, with what is known of those that stay.
    func keys(of provider: Provider) -> KeyPool {
        KeyPool(provider.keys, former: pools.withLock { $0[provider.name.text] })
    }

    /// Notes which pool of a provider's keys is used from now on.
    func keep(_ pool: KeyPool, of provider: String) { pools.withLock { $0[provider] = pool } }

    /// What is known of a model of the server at `url`.
    func health(of model: String, at url: String) -> ModelHealth {
        healths.withLock { healths in
            let key = "\(url) \(model)"
            if let known = healths[key] { return known }
            let fresh = ModelHealth()
            healths[key] = fresh
            return fresh
        }
    }
}
