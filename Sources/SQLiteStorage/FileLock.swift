import Glibc
import StoragePorts
import Synchronization

/// An exclusive kernel lock on a file, which ends with the process at the latest.
final class FileLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock on the file at `path`, which is made if need be.
    init(claiming path: String, in directory: String) throws(StoreError) {
        let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw StoreError(
                .directoryUnwritable,
                "The file \(path) cannot be opened: \(SystemReason.last()). Change its owner or name another directory with --data."
            )
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(in: opened)
            close(opened)
            throw StoreError(
                .directoryLocked,
                "The data directory \(directory) is in use by another server\(holder). Stop it, or name another with --data."
            )
        }
        Self.sign(opened)
        descriptor = Mutex(opened)
    }

    deinit { release() }

    /// Gives the lock up; doing so twice is harmless.
    func release() {
        let held = descriptor.withLock { held in
            defer { held = nil }
            return held
        }
        if let held { close(held) }
    }

    /// Writes our process number for the message that a second server shows; it is a courtesy, so failures do not matter.
    private static func sign(_ descriptor: Int32) {
        guard ftruncate(descriptor, 0) == 0 else { return }
        let text = Array("\(getpid())\n".utf8)
        _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func holder(in descriptor: Int32) -> String {
        var room = [UInt8](repeating: 0, count: 16)
        let count = unsafe room.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return "" }
        guard let number = Int(String(decoding: room.prefix(count).prefix { $0 != 10 }, as: UTF8.self)) else {
            return ""
        }
        return " (process \(number))"
    }
}
