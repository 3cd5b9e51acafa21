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
    }

    /// Bytes that may wait to be written.
    private static let limit = 4 << 20

    private let state = Mutex(State())

    /// A log that writes nothing yet.
    package init() {}

    /// Chooses where lines go; an unwritable file is reported and nothing is written.
    package func open(_ destination: AccessLogOptions.Destination) -> String? {
        flush()
        return state.withLock { state in
            if state.descriptor > 2 { close(state.descriptor) }
            state.destination = destination
            switch destination {
            case .off: state.descriptor = -1
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
    package func flush() {
        let (bytes, descriptor) = state.withLock { state in
            let taken = (state.pending, state.descriptor)
            state.pending = []
            return taken
        }
        guard descriptor >= 0, !bytes.isEmpty else { return }
        unsafe bytes.withUnsafeBytes { buffer in
            var rest = unsafe buffer[...]
            while unsafe !rest.isEmpty {
                let written = unsafe write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written <= 0 { break }
                unsafe rest = rest.dropFirst(written)
            }
        }
    }
}
