import NIOCore
import Synchronization

/// The open connections of a server, so that they can be closed together.
final class ConnectionRegister: Sendable {
    private let open = Mutex<[ObjectIdentifier: any Channel]>([:])

    /// Nothing is open.
    init() {}

    /// Keeps `channel` until it closes.
    func add(_ channel: any Channel) {
        let id = ObjectIdentifier(channel)
        open.withLock { $0[id] = channel }
        channel.closeFuture.whenComplete { [self] _ in
            open.withLock { _ = $0.removeValue(forKey: id) }
        }
    }

    /// Closes what is open.
    func closeAll() {
        for channel in open.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }
}
