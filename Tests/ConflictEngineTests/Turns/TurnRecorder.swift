import Synchronization

/// Notes numbers from any thread.
final class TurnRecorder: Sendable {
    private let noted = Mutex<[Int]>([])

    var values: [Int] { noted.withLock { $0 } }

    func append(_ value: Int) { noted.withLock { $0.append(value) } }
}
