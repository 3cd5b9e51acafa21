import ConsoleAPI
import ConsoleBasics
package import StoragePorts

/// Lists a journal's conflicts line by line, and goes on listing new ones if asked to.
package struct ConflictListing: Sendable {
    /// How an entry is written.
    package enum Form: Sendable {
        /// A row of a table for people.
        case table
        /// A JSON object, as the console's API writes it.
        case json
    }

    private let journal: any ConflictJournal
    private let filter: ConflictFilter
    private let form: Form
    private let write: @Sendable (String) -> Void

    /// Entries read at once.
    private static let portion = 500

    /// A listing of what passes `filter`; `write` gets whole lines, each ending in a line feed.
    package init(
        _ journal: any ConflictJournal,
        _ filter: ConflictFilter,
        as form: Form,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.journal = journal
        self.filter = filter
        self.form = form
        self.write = write
    }

    /// Writes every entry, newest first.
    package func list() async throws(StoreError) {
        var table = ConflictTable()
        var cursor: ConflictCursor?
        repeat {
            let page = try await journal.page(filter, after: cursor, limit: Self.portion)
            if page.entries.isEmpty, cursor == nil, form == .table { write("No conflicts.\n") }
            put(page.entries, &table)
            cursor = page.next
        } while cursor != nil
    }

    /// Writes the newest entries, newest last, then each new one as it comes, until the task is cancelled.
    ///
    /// `backlog` is how many old ones come first; `nil` is all that pass. The journal is looked at every `pause`.
    package func follow(backlog: Int?, every pause: Duration = .milliseconds(200)) async throws(StoreError) {
        var table = ConflictTable()
        // The place first: what is appended while the backlog is read comes twice, and is then left out once.
        var position = try await journal.follow(filter, from: nil, limit: Self.portion).position
        let past = try await newest(backlog)
        put(past, &table)
        var shown = Set(past.map(\.id))
        while !Task.isCancelled {
            let fresh = try await news(since: position)
            put(fresh.entries.filter { !shown.contains($0.id) }, &table)
            position = fresh.position
            guard fresh.entries.isEmpty else { continue }
            shown = []
            try? await Task.sleep(for: pause)  // cancelled: the loop ends by itself
        }
    }

    /// What was appended; a journal that is busy for a moment has no news.
    private func news(since position: JournalPosition) async throws(StoreError) -> ConflictTail {
        do throws(StoreError) {
            return try await journal.follow(filter, from: position, limit: Self.portion)
        } catch {
            guard error.code == .busy else { throw error }
            return ConflictTail(entries: [], position: position)
        }
    }

    private func newest(_ count: Int?) async throws(StoreError) -> [ConflictEntry] {
        if let count { return try await journal.page(filter, after: nil, limit: count).entries.reversed() }
        var entries: [ConflictEntry] = []
        var cursor: ConflictCursor?
        repeat {
            let page = try await journal.page(filter, after: cursor, limit: Self.portion)
            entries += page.entries
            cursor = page.next
        } while cursor != nil
        return entries.reversed()
    }

    private func put(_ entries: [ConflictEntry], _ table: inout ConflictTable) {
        guard !entries.isEmpty else { return }
        switch form {
        case .table: write(table.lines(of: entries).map { $0 + "\n" }.joined())
        case .json: write(entries.map { ConflictDocument($0).json.line + "\n" }.joined())
        }
    }
}
