package import StoragePorts

extension ConflictEntry {
    /// An entry for tests: the `number`th of its kind, at `time`.
    package static func sample(
        _ number: Int,
        at time: Int64 = 1_700_000_000_000,
        kind: String = "stale-version"
    ) -> ConflictEntry {
        var entry = ConflictEntry(
            id: "entry-\(number)",
            time: time,
            service: "shop",
            route: "items",
            resource: "shop/items/\(number)",
            method: "PUT",
            requestID: "request-\(number)",
            kind: kind,
            origin: .gateway,
            resolution: Resolution(.refused)
        )
        entry.status = 412
        return entry
    }

    /// An entry with every field set, and texts that are hard to keep.
    package static func full(_ number: Int, at time: Int64 = 1_700_000_000_000) -> ConflictEntry {
        var entry = sample(number, at: time)
        entry.consumer = "alice"
        entry.yourVersion = "\"v1, with a comma\""
        entry.currentVersion = "W/\"\""
        entry.competing = Competing(
            consumer: "bob",
            time: time - 5,
            requestID: "other",
            changed: ["", "/status", "/a\nb", "/back\\slash", "/nul\u{0}", "/ünï/😀"]
        )
        entry.resolution = Resolution(.queued, waitMilliseconds: 12)
        entry.upstreamMessage = "it's \"taken\"; DROP TABLE conflict; --\n💥"
        entry.origin = .upstream
        return entry
    }
}
