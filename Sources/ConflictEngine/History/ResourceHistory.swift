/// The recent versions of one resource, oldest first.
///
/// Versions under tags made by the upstream belong to the credential that read them: the same tag may name different
/// bytes for another caller. A derived tag is a hash of the bytes, so its version belongs to no credential.
struct ResourceHistory: Sendable {
    /// A version and whose it is.
    struct Entry: Sendable {
        /// The version.
        var version: VersionRecord
        /// The credential that read it; `nil` for a derived tag.
        let credential: UInt64?
        /// When it is too old to be kept, in milliseconds since 1970.
        var expiry: Int64
    }

    /// Versions of all variants and credentials together, as a multiple of the versions of one.
    private static let variants = 8

    /// The versions, oldest first.
    private(set) var entries: [Entry] = []
    /// About how much memory they take.
    private(set) var footprint = 0

    /// Starts without versions.
    init() {}

    /// Adds a version, or completes what is known of it if it is already the newest of its variant.
    mutating func append(_ version: VersionRecord, for credential: UInt64?, keeping retention: HistoryRetention) {
        dropExpired(at: version.time)
        let expiry = version.time.addingClamped(retention.keep)
        guard let newest = newest(of: version.variant, for: credential), entries[newest].version.tag == version.tag
        else {
            entries.append(Entry(version: version, credential: credential, expiry: expiry))
            footprint += version.footprint
            trim(to: retention.versions, variant: version.variant, credential: credential)
            return
        }
        entries[newest].expiry = max(entries[newest].expiry, expiry)
        complete(newest, with: version)
    }

    /// Whether `tag` is the newest version of the variant; if so it counts as seen at `now`.
    mutating func seenAgain(_ tag: [UInt8], variant: UInt64, for credential: UInt64?, until expiry: Int64) -> Bool {
        guard let newest = newest(of: variant, for: credential), entries[newest].version.tag == tag
        else { return false }
        entries[newest].expiry = max(entries[newest].expiry, expiry)
        return true
    }

    /// The last version under `tag` that `credential` may know of and that is not too old.
    func version(under tag: [UInt8], for credential: UInt64?, at now: Int64) -> VersionRecord? {
        entries.last { $0.isVisible(to: credential) && $0.expiry > now && $0.version.tag == tag }?.version
    }

    /// Drops the oldest version, if there is one.
    mutating func dropOldest() {
        guard !entries.isEmpty else { return }
        remove(at: 0)
    }

    /// A write learns of its version after a concurrent read has; the record then gets its author.
    private mutating func complete(_ position: Int, with version: VersionRecord) {
        guard let writer = version.writer, entries[position].version.writer == nil, writer.replaced != version.tag
        else { return }
        footprint -= entries[position].version.footprint
        entries[position].version.writer = writer
        entries[position].version.time = version.time
        footprint += entries[position].version.footprint
    }

    private func newest(of variant: UInt64, for credential: UInt64?) -> Int? {
        entries.lastIndex { $0.credential == credential && $0.version.variant == variant }
    }

    private mutating func dropExpired(at now: Int64) {
        while let expired = entries.firstIndex(where: { $0.expiry <= now }) { remove(at: expired) }
    }

    private mutating func trim(to versions: Int, variant: UInt64, credential: UInt64?) {
        let kept = max(versions, 0)
        let own = entries.indices.filter {
            entries[$0].credential == credential && entries[$0].version.variant == variant
        }
        for position in own.dropLast(kept).reversed() { remove(at: position) }
        while entries.count > kept.multipliedClamped(by: Self.variants) { remove(at: 0) }
    }

    private mutating func remove(at position: Int) {
        footprint -= entries.remove(at: position).version.footprint
    }
}

extension ResourceHistory.Entry {
    /// Whether a caller with `credential` may be told about the bytes.
    func isVisible(to credential: UInt64?) -> Bool {
        self.credential == nil || self.credential == credential
    }
}

extension Int64 {
    /// The sum, or the nearest number there is.
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}

extension Int {
    /// The product, or the largest number there is.
    fileprivate func multipliedClamped(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
