import Glibc
import NIOCore

/// Why a port cannot be listened on, in plain words.
enum ListenFault {
    /// The system's own words for the reason, without the names of the calls that found it.
    static func reason(_ error: any Error) -> String {
        if let error = error as? IOError {
            let words = unsafe String(cString: strerror(error.errnoCode))
            return words.prefix(1).lowercased() + words.dropFirst()
        }
        if case .unknown(let host, _)? = error as? SocketAddressError { return "nobody knows the host \(host)" }
        return "\(error)"
    }
}
