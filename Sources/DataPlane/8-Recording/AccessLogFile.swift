package import Catalog

#if canImport(Glibc)
import Glibc
#endif

/// An open file, pipe or terminal that access log lines go to; closed with its last owner, so never while it is written.
package final class AccessLogFile: Sendable {
    /// Why not all could be written.
    enum Fault {
        /// Its reader has not taken what is there.
        case full
        /// The system's words.
        case failed(String)
    }

    private let descriptor: Int32
    /// Device and number of the file; zeros where the system does not say.
    private let device, number: UInt64

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var found = stat()
        let isKnown = unsafe fstat(descriptor, &found) == 0
        device = isKnown ? UInt64(found.st_dev) : 0
        number = isKnown ? UInt64(found.st_ino) : 0
    }

    /// Whether the other is the same file, perhaps opened anew.
    func isSame(as other: AccessLogFile?) -> Bool { device == other?.device && number == other?.number }

    deinit {
        if descriptor > 2 { close(descriptor) }
    }

    /// Opens where lines are to go; `nil` where they are not wanted.
    ///
    /// Nothing waits here or later for whoever reads a pipe; only standard error, which others share, is left as it is.
    /// - Throws: ``CompileFault`` that says why a file cannot be opened.
    package static func open(_ destination: AccessLogOptions.Destination) throws(CompileFault) -> AccessLogFile? {
        switch destination {
        case .off: return nil
        case .standardError: return AccessLogFile(2)
        case .file(let path):
            let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK
            let descriptor = unsafe Glibc.open(path, flags, 0o640)
            if descriptor >= 0 { return AccessLogFile(descriptor) }
            let reason = errno == ENXIO ? "nobody reads the pipe" : unsafe String(cString: strerror(errno))
            throw CompileFault(
                "The access log \(path), named by gateway.access-log.to, cannot be opened: \(reason). "
                    + "Make its folder and let this user write there, or name another file."
            )
        }
    }

    /// Writes as much as goes; how much that was, and why it was not all.
    func write(_ bytes: [UInt8]) -> (count: Int, fault: Fault?) {
        var done = 0
        while done < bytes.count {
            let written = unsafe bytes[done...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if written > 0 {
                done += written
                continue
            }
            switch written < 0 ? errno : ENOSPC {
            case EINTR: continue
            case EAGAIN: return (done, .full)
            case let code: return (done, .failed(unsafe String(cString: strerror(code))))
            }
        }
        return (done, nil)
    }
}
