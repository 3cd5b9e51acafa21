package import Catalog
package import ConfigurationReading
import Crypto
import Glibc
import HTTPSemantics

/// Reads the configuration file, and remembers which text runs.
package struct ConfigurationSource: Sendable {
    /// A file as it was read.
    package struct Reading: Sendable {
        /// The configuration, if nothing is wrong with it.
        package let configuration: Configuration?
        /// What was found.
        package let findings: [Finding]
        /// SHA-256 of the text, in hexadecimal.
        package let digest: String
    }

    /// The file's path.
    package let path: String

    /// A source at a path.
    package init(path: String) { self.path = path }

    /// Reads and checks the file.
    /// - Throws: ``StartFault`` if it cannot be read at all.
    package func read() throws(StartFault) -> Reading {
        guard let bytes = WholeFile.bytes(of: path) else {
            let reason = unsafe String(cString: strerror(errno))
            throw StartFault(
                "The configuration \(path) cannot be read: \(reason). See that the name is right and this user may read it."
            )
        }
        let digest = SHA256.hash(data: bytes).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
        let outcome = ConfigurationReader(checkFiles: true).read(
            bytes: bytes,
            file: path,
            environment: Self.environment
        )
        return Reading(configuration: outcome.configuration, findings: outcome.findings, digest: digest)
    }

    /// What changes when the file does: follows links, so that a swapped link is a change.
    package func fingerprint() -> String {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return "missing" }
        let change = status.st_mtim
        return "\(status.st_dev) \(status.st_ino) \(status.st_size) \(change.tv_sec).\(change.tv_nsec)"
    }

    /// Whether there is such a file.
    package var exists: Bool { unsafe access(path, F_OK) == 0 }

    private static var environment: [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text)
            if let mark = pair.firstIndex(of: "=") {
                variables[String(pair[..<mark])] = String(pair[pair.index(after: mark)...])
            }
            unsafe entry += 1
        }
        return variables
    }
}
