import HTTPSemantics
import Server
import StorageContract
import StoragePorts
import Synchronization
import Testing

/// What `parley conflicts` prints, against a journal without a disk.
@Suite(.timeLimit(.minutes(1)))
struct ConflictListingTests {
    private let journal = InMemoryConflictJournal()
    private let printed = Printed()

    /// What was written so far.
    private final class Printed: Sendable {
        private let text = Mutex("")
        func add(_ more: String) { text.withLock { $0 += more } }
        var lines: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }
    }

    private func listing(_ form: ConflictListing.Form, _ filter: ConflictFilter = ConflictFilter()) -> ConflictListing {
        ConflictListing(journal, filter, as: form) { [printed] in printed.add($0) }
    }

    @Test func `an empty journal says so to people and nothing to machines`() async throws {
        try await listing(.json).list()
        #expect(printed.lines == [])
        try await listing(.table).list()
        #expect(printed.lines == ["No conflicts."])
    }

    @Test func `JSON is one object a line, newest first, however many pages that takes`() async throws {
        try await journal.append((1...1_203).map { ConflictEntry.sample($0, at: Int64($0)) })
        try await listing(.json).list()
        #expect(printed.lines.count == 1_203)
        #expect(printed.lines.first?.hasPrefix(#"{"id":"entry-1203","time":"1970-01-01T00:00:01.203Z""#) == true)
        #expect(printed.lines.last?.hasPrefix(#"{"id":"entry-1","#) == true)
    }

    @Test func `the table has titles once and aligned columns`() async throws {
        try await journal.append([.sample(1), .sample(2, kind: "already-exists")])
        try await listing(.table).list()
        #expect(printed.lines.count == 3)
        let titles = try #require(printed.lines.first)
        let column = try #require(titles.firstRange(of: "STATUS")).lowerBound
        let offset = titles.distance(from: titles.startIndex, to: column)
        for line in printed.lines.dropFirst() { #expect(line.dropFirst(offset).hasPrefix("412 ")) }
    }

    @Test func `hostile text can neither break a row nor steer a terminal`() async throws {
        var entry = ConflictEntry.sample(1)
        entry.upstreamMessage = "one\nTIME two\u{1B}[2J\u{202E}\u{9B}1m" + String(repeating: "x", count: 5_000)
        entry.consumer = "a\rb"
        try await journal.append([entry])
        try await listing(.table).list()
        #expect(printed.lines.count == 2)
        let row = try #require(printed.lines.last)
        #expect(row.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x9B && $0.value != 0x202E })
        #expect(row.count < 300)
    }

    @Test func `only what passes the filter is listed`() async throws {
        try await journal.append([.sample(1), .sample(2, kind: "locked")])
        var filter = ConflictFilter()
        filter.kind = "locked"
        try await listing(.json, filter).list()
        #expect(printed.lines.count == 1)
        #expect(printed.lines[0].contains("entry-2"))
    }

    @Test func `following writes the newest entries, then each new one, in order and once`() async throws {
        try await journal.append((1...5).map { ConflictEntry.sample($0, at: Int64($0)) })
        let listing = listing(.json)
        let following = Task { try await listing.follow(backlog: 2, every: .milliseconds(1)) }
        try await waitFor(2)
        try await journal.append([.sample(6)])
        try await waitFor(3)
        try await journal.append([.sample(7), .sample(8)])
        try await waitFor(5)
        following.cancel()
        try await following.value
        let ids = try printed.lines.map { try JSONParser.parse(Array($0.utf8))["id"]?.string }
        #expect(ids == ["entry-4", "entry-5", "entry-6", "entry-7", "entry-8"])
    }

    private func waitFor(_ count: Int) async throws {
        while printed.lines.count < count { await Task.yield() }
    }
}
