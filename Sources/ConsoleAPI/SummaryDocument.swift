import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// Numbers of conflicts by what they share, as JSON.
struct SummaryDocument {
    /// What was counted by.
    let key: SummaryKey
    /// From when on, in milliseconds since 1970.
    let since: Int64?
    /// The counts, largest first.
    let lines: [SummaryLine]

    /// What was counted by, from when on (null: from the beginning), and the counts.
    var json: JSONValue {
        let items = lines.map { line -> JSONValue in ["key": .string(line.key), "count": .integer(line.count)] }
        return ["by": .string(key.rawValue), "since": .time(since), "items": .array(items)]
    }
}
