import Synchronization

/// Gives every route a small number that stays its own for the life of the process, so that counters survive reloads.
package final class RouteSlots: Sendable {
    /// A route's name across reloads.
    package struct Key: Hashable, Sendable {
        /// The service.
        package let service: String
        /// The route.
        package let route: String
    }

    private let table = Mutex<(slots: [Key: Int], keys: [Key])>(([:], []))

    /// The number of a route, new if it was never seen.
    package func slot(service: String, route: String) -> Int {
        table.withLock { table in
            let key = Key(service: service, route: route)
            if let known = table.slots[key] { return known }
            table.slots[key] = table.keys.count
            table.keys.append(key)
            return table.keys.count - 1
        }
    }

    /// The routes by number.
    package var keys: [Key] { table.withLock { $0.keys } }
}
