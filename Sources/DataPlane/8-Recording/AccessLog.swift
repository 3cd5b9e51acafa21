package import Catalog
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Takes access log lines from all loops and writes them out in batches; drops lines rather than wait.
package final class AccessLog: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var dropped: UInt64 = 0
        var destination = AccessLogOptions.Destination.off
        var descriptor: Int32 = -1
        /// Why the last write failed, if it did.
        var fault: String?
    }

    /// Bytes that may wait to be written.
    private static let limit = 4 << 20

    private let state = Mutex(State())
    /// Held while bytes go out: a descriptor must not be closed, and its number given to another file, meanwhile.
    private let writing = Mutex(())

    /// A log that writes nothing yet.
    package init() {}

    /// Lines lost since the start, because nothing could be written for too long.
    package var dropped: UInt64 { state.withLock { $0.dropped } }

    /// Chooses where lines go; an unwritable file is reported and nothing is written.
    package func open(_ destination: AccessLogOptions.Destination) -> String? {
        _ = flush()  // what cannot be written there goes to the new place
        return writing.withLock { _ in state.withLock { state in Self.open(destination, in: &state) } }
    }

    private static func open(_ destination: AccessLogOptions.Destination, in state: inout State) -> String? {
        if state.descriptor > 2 { close(state.descriptor) }
        state.destination = destination
        switch destination {
        case .off:
            state.descriptor = -1
            state.pending = []
        case .standardError: state.descriptor = 2
        case .file(let path):
            state.descriptor = unsafe Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
            if state.descriptor < 0 {
                let reason = unsafe String(cString: strerror(errno))
                return "The access log \(path), named by gateway.access-log.to, cannot be opened: \(reason). "
                    + "Make its folder and let this user write there, or name another file."
            }
        }
        return nil
    }

    /// Takes a line.
    func append(_ line: AccessLine) {
        let bytes = line.bytes
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            guard state.pending.count + bytes.count <= Self.limit else {
                state.dropped &+= 1
                return
            }
            state.pending += bytes
        }
    }

    /// Writes what has gathered; called a few times a second from a thread that may block.
    ///
    /// What could not be written waits for the next time.
    /// - Returns: What operators should know, where writing begins to fail or works again.
    package func flush() -> LogLine? {
        writing.withLock { _ in
            let (bytes, descriptor) = state.withLock { state in
                let taken = (state.pending, state.descriptor)
                state.pending = []
                return taken
            }
            guard descriptor >= 0, !bytes.isEmpty else { return nil }
            let (written, fault) = Self.write(bytes, to: descriptor)
            return state.withLock { state in
                if written < bytes.count { state.pending.insert(contentsOf: bytes[written...], at: 0) }
                return Self.note(fault, in: &state)
            }
        }
    }

    /// Writes as much as goes; how much that was, and why it was not all.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> (count: Int, fault: String?) {
        var done = 0
        while done < bytes.count {
            let written = unsafe bytes[done...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return (done, unsafe String(cString: strerror(errno))) }
            done += written
        }
        return (done, nil)
    }

    private static func note(_ fault: String?, in state: inout State) -> LogLine? {
        defer { state.fault = fault }
        switch (state.fault, fault) {
        case (nil, let reason?):
            let detail = "It cannot be written: \(reason). Lines wait while there is room for them."
            return LogLine(.error, "access log", [("detail", detail)])
        case (_?, nil):
            let detail = "It is written again; \(state.dropped) lines were lost since the start."
            return LogLine(.error, "access log", [("detail", detail)])
        default: return nil
        }
    }
}
