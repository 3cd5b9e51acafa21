import TestKit

/// When an operation of a simulated history begins, does its work, and ends; no two instants of a history are equal.
struct OverlappingTimes: Sendable {
    /// The number of the client, whose operations do not overlap.
    let client: Int
    /// When it begins.
    let invoked: UInt64
    /// Three instants of its time, in order, at which something may happen.
    let instants: [UInt64]
    /// When it ends.
    let completed: UInt64

    /// When it takes effect, if at one instant.
    var effect: UInt64 { instants[1] }

    /// Times for `operations` of some clients, in the order in which they take effect.
    static func make(_ random: inout SeededGenerator, clients: Int, operations: Int) -> [Self] {
        var free = [UInt64](repeating: 10, count: clients)
        let times = (0..<operations).map { number in
            let client = Int.random(in: 0..<clients, using: &random)
            var moment = free[client]
            let moments = (0..<5).map { _ in
                moment += UInt64.random(in: 1...12, using: &random)
                return moment * 100 + UInt64(number)
            }
            free[client] = moment + 1
            return Self(client: client, invoked: moments[0], instants: Array(moments[1...3]), completed: moments[4])
        }
        return times.sorted { $0.effect < $1.effect }
    }
}
