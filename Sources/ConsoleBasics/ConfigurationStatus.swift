/// Which configuration runs, and what became of the last attempt to change it.
package struct ConfigurationStatus: Sendable, Equatable {
    /// Where it came from: a file's path, or a word such as `demo`.
    package var source: String
    /// A hash of its text.
    package var digest: String
    /// When it was loaded, in milliseconds since 1970 UTC.
    package var loadedAt: Int64
    /// Why a newer one was refused, if it was.
    package var lastError: String?

    /// Names the running configuration.
    package init(source: String, digest: String, loadedAt: Int64, lastError: String? = nil) {
        self.source = source
        self.digest = digest
        self.loadedAt = loadedAt
        self.lastError = lastError
    }
}
