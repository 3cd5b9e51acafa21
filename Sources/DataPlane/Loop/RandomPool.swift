import Glibc

/// Unpredictable numbers drawn from the system in batches, so that hardly any request costs a system call.
struct RandomPool: RandomNumberGenerator {
    // 256 bytes, the most that one call gives.
    private var words = [UInt64](repeating: 0, count: 32)
    private var used = 32

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        if used == words.count { refill() }
        let word = words[used]
        used &+= 1
        return word
    }

    private mutating func refill() {
        used = 0
        let result = unsafe words.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return Int32(-1) }
            return unsafe getentropy(start, bytes.count)
        }
        guard result != 0 else { return }
        // A kernel without the call: the standard library's generator cannot fail.
        var system = SystemRandomNumberGenerator()
        for index in words.indices { words[index] = system.next() }
    }
}
