import ConsoleBasics
package import HTTPSemantics
package import StoragePorts

/// A journal entry as JSON (contract, section 4); the API and `parley conflicts --json` write the same.
package struct ConflictDocument: Sendable {
    private let entry: ConflictEntry

    /// The document of `entry`.
    package init(_ entry: ConflictEntry) {
        self.entry = entry
    }

    /// The entry with all members, those that are not known as null.
    package var json: JSONValue {
        [
            "id": .string(entry.id),
            "time": .time(entry.time),
            "service": .string(entry.service),
            "route": .string(entry.route),
            "resource": .string(entry.resource),
            "method": .string(entry.method),
            "consumer": .text(entry.consumer),
            "request_id": .string(entry.requestID),
            "kind": .string(entry.kind),
            "status": .integer(entry.status),
            "origin": .string(entry.origin.rawValue),
            "your_version": .text(entry.yourVersion),
            "current_version": .text(entry.currentVersion),
            "competing": entry.competing.map(Self.json) ?? .null,
            "resolution": [
                "outcome": .string(entry.resolution.outcome.rawValue),
                "wait_ms": .integer(entry.resolution.waitMilliseconds),
            ],
            "upstream_message": .text(entry.upstreamMessage),
        ]
    }

    private static func json(_ competing: ConflictEntry.Competing) -> JSONValue {
        [
            "consumer": .text(competing.consumer),
            "time": .time(competing.time),
            "request_id": .text(competing.requestID),
            "changed": .array(competing.changed.map(JSONValue.string)),
        ]
    }
}
