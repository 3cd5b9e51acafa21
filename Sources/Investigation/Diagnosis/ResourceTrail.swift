/// What clients did to one resource, as far back as it matters.
struct ResourceTrail: Sendable {
    /// A write that succeeded.
    struct Write: Sendable {
        /// Where it stands.
        let place: DiagnosisPlace
        /// Who sent it.
        let client: String?
        /// Its method.
        let method: String
        /// The tag it left, if the answer said so.
        let tag: String?
    }

    /// Clients whose last read is remembered.
    private static let mostReaders = 64

    /// The last write that succeeded.
    private(set) var lastWrite: Write?
    /// Clients that have read since the last write, and those that have not but did before.
    private var readSince: Set<String> = []
    private var readBefore: Set<String> = []

    /// Notes a read by `client`.
    mutating func noteRead(by client: String?) {
        guard readSince.count < Self.mostReaders else { return }
        readSince.insert(client ?? "")
    }

    /// Notes a write that succeeded; its writer knows what it wrote.
    mutating func note(_ write: Write) {
        if readBefore.count < 2 * Self.mostReaders { readBefore.formUnion(readSince) }
        readSince = [write.client ?? ""]
        lastWrite = write
    }

    /// The write that `client` has not seen, if the last one is somebody else's and came after the client's last read.
    ///
    /// `knowsNothing` also counts clients that never read.
    func unseenWrite(by client: String?, countingBlind knowsNothing: Bool) -> Write? {
        let name = client ?? ""
        guard let lastWrite, lastWrite.client != client, !readSince.contains(name) else { return nil }
        return knowsNothing || readBefore.contains(name) ? lastWrite : nil
    }
}
