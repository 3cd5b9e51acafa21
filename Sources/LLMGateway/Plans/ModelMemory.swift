import Catalog
import Synchronization

/// What is known of keys and targets of models, for the life of the process: a reload forgets nothing.
package final class ModelMemory: Sendable {
    private struct Place: Hashable {
        let provider, url, model: String
    }

    private let pools = Mutex<[String: KeyPool]>([:])
    private let healths = Mutex<[Place: ModelHealth]>([:])

    /// Nothing known.
    package init() {}

    /// A pool of a provider's keys, with what is known of those that stay.
    func keys(of provider: Provider) -> KeyPool {
        KeyPool(provider.keys, former: pools.withLock { $0[provider.name.text] })
    }

    /// Notes which pool of a provider's keys is used from now on.
    func keep(_ pool: KeyPool, of provider: String) { pools.withLock { $0[provider] = pool } }

    /// What is known of a model of a provider whose server is at `url`; other providers there have keys and limits of
    /// their own.
    func health(of model: String, at url: String, for provider: String) -> ModelHealth {
        let place = Place(provider: provider, url: url, model: model)
        return healths.withLock { healths in
            if let known = healths[place] { return known }
            let fresh = ModelHealth()
            healths[place] = fresh
            return fresh
        }
    }
}
