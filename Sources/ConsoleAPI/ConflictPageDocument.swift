import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// A page of the journal as JSON.
struct ConflictPageDocument {
    private let page: ConflictPage

    /// The document of `page`.
    init(_ page: ConflictPage) {
        self.page = page
    }

    /// The entries, and the cursor of the next page or null.
    var json: JSONValue {
        ["items": .array(page.entries.map { ConflictDocument($0).json }), "next": .text(page.next?.text)]
    }
}
