import Synchronization

/// A place where a fixed number of tasks wait for each other, again and again.
final class Meeting: Sendable {
    private let size: Int
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

    /// A meeting of `size` tasks.
    init(_ size: Int) { self.size = size }

    /// Returns once all are there.
    func arrive() async {
        await withCheckedContinuation { continuation in
            let all = waiting.withLock { waiting -> [CheckedContinuation<Void, Never>] in
                waiting.append(continuation)
                guard waiting.count == size else { return [] }
                defer { waiting = [] }
                return waiting
            }
            for one in all { one.resume() }
        }
    }
}
