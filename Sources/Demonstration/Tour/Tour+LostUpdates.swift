extension Tour {
    /// First stop: editors who overwrite one another without anybody noticing.
    func editDirectly() async throws -> Claim {
        let way = Editors.Way(
            caller: Caller(cast.items),
            path: Self.item,
            consumers: [],
            isConditional: false
        )
        var crowd = Self.crowd
        narration.heading("1  \(crowd) editors, straight to the API")
        narration.say("Each reads \(Self.item), adds a line and writes the item back. All at the same time.")
        var count = try await attempt(way, crowd)
        // Chance can spare a crowd, if barely; a larger one it cannot.
        for _ in 1...3 where count.lost == 0 {
            crowd *= 2
            narration.say("Chance has spared them. Once more, with \(crowd) editors.")
            count = try await attempt(way, crowd)
        }
        tell(count)
        narration.pause()
        narration.say(
            "Every editor was told that the edit is saved. Nobody was told that \(count.lost) of them are gone."
        )
        return Claim(
            "without the gateway, updates are lost",
            holds: count.lost > 0,
            measured: "\(count.lost) lost of \(count.saved) that were saved"
        )
    }

    /// Second stop: the same editors, and a gateway that lets no write pass that is based on an old version.
    func editThroughParley() async throws -> Claim {
        narration.heading("2  The same \(Self.crowd) editors, through Parley")
        narration.say("The API is the same. Parley gives its answers an ETag; each write names it in If-Match.")
        narration.say("Whoever is too late gets 412, reads again, and adds the line to what is there now.")
        let way = Editors.Way(
            caller: gateway,
            path: Self.item,
            consumers: [cast.ada, cast.ben],
            isConditional: true
        )
        try await reset()
        let count = try await Editors(way).edit(count: Self.crowd)
        tell(count)
        return Claim(
            "through Parley, no update is lost",
            holds: count.lost == 0 && count.saved == Self.crowd,
            measured: "\(count.lost) lost of \(count.saved) that were saved, \(count.refused) refused and tried again"
        )
    }

    private func attempt(_ way: Editors.Way, _ crowd: Int) async throws -> EditCount {
        try await reset()
        return try await Editors(way).edit(count: crowd)
    }

    /// Empties the item; straight, since nobody writes at this moment.
    private func reset() async throws {
        let way = Editors.Way(
            caller: Caller(cast.items),
            path: Self.item,
            consumers: [],
            isConditional: false
        )
        try await Editors(way).prepare()
    }

    private func tell(_ count: EditCount) {
        narration.pause()
        narration.fact("writes sent", "\(count.attempts), in \(count.milliseconds) ms")
        if count.refused > 0 { narration.fact("refused, then tried again", count.refused) }
        narration.fact("edits said to be saved", count.saved)
        narration.fact("edits in the item", count.kept)
        narration.fact("edits lost", count.lost)
    }
}
