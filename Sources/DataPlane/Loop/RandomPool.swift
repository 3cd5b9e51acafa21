/// Unpredictable numbers drawn from the system in batches, so that a request costs no system call.
struct RandomPool: RandomNumberGenerator {
    private var words = [UInt64](repeating: 0, count: 256)
    private var used = 256
    private var system = SystemRandomNumberGenerator()

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        if used == words.count {
            for index in words.indices { words[index] = system.next() }
            used = 0
        }
        defer { used += 1 }
        return words[used]
    }
}
