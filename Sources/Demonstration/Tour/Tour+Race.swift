import HTTPSemantics
import Investigation
import Server

extension Tour {
    /// Eighth stop: `parley race`, which finds out whether an API loses updates.
    func race() async throws -> [Claim] {
        narration.heading("8  parley race")
        _ = try await Caller(cast.items).send(Call("PUT", "/items/race", body: JSONWriter.bytes(["n": 0])))
        let bare = try await race("http://\(cast.items.authority)/items/race", [])
        let guarded = try await race(
            "http://\(addresses.gateway.authority)/items/race",
            [RaceField(line: "X-API-Key: \(cast.ada.key)")].compactMap { $0 }
        )
        var lost = 0
        if case .lostUpdates(let count) = bare.verdict { lost = count }
        var kept = 0
        if case .noLostUpdate(let writes) = guarded.verdict { kept = writes }
        return [
            Claim("race proves that the API by itself loses updates", holds: lost > 0, measured: bare.verdict.sentence),
            Claim("race finds none lost through Parley", holds: kept > 0, measured: guarded.verdict.sentence),
        ]
    }

    private func race(_ url: String, _ fields: [RaceField]) async throws -> RaceResult {
        var settings = RaceSettings()
        settings.fields = fields
        let plan = try RacePlan(settings, at: .existing(try RaceAddress(url)))
        let connections = RaceConnections(writers: settings.writers, patience: .seconds(10), trust: .machine)
        narration.say("$ parley race \(url)\(fields.isEmpty ? "" : " --header 'X-API-Key: ...'")")
        let result = await Race(plan, in: .real(connections, progress: { _ in })).run()
        await connections.close()
        for line in RaceReportText.render(result).split(separator: "\n", omittingEmptySubsequences: false) {
            narration.quote(String(line))
        }
        narration.pause()
        return result
    }
}
