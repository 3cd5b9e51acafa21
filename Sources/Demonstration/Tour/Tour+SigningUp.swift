import HTTPSemantics
import Server

extension Tour {
    /// Fourth stop: an API that only says «conflict», and a gateway that says which.
    func collideSigningUp() async throws -> [Claim] {
        narration.heading("4  A sign-up that collides")
        narration.say("«grace» signs up, and then somebody else wants the name too.")
        let body = JSONWriter.bytes(["name": "grace"])
        let call = Call("POST", "/signup", body: body)
        _ = try await Caller(cast.accounts).send(call)
        let bare = try await Caller(cast.accounts).send(call)
        let explained = try await gateway.send(call)
        narration.pause()
        narration.say("The API by itself:")
        quote(bare, fields: ["Content-Type"])
        narration.say("Through Parley:")
        quote(explained, fields: ["Content-Type", "Parley-Conflict", "Link"])
        let mark = explained["Parley-Conflict"] ?? "no Parley-Conflict"
        let isExplained =
            bare.status == 409 && bare["Parley-Conflict"] == nil && explained.status == 409
            && explained.body == bare.body && mark.hasPrefix("uniqueness;")
        return [
            Claim("a bare 409 is explained as uniqueness, its body untouched", holds: isExplained, measured: mark),
            try await lookIntoJournal(),
        ]
    }

    private func quote(_ reply: Reply, fields names: [String]) {
        narration.quote("HTTP/1.1 \(reply.status)")
        for name in names {
            if let value = reply[name] { narration.quote("\(name): \(value)") }
        }
        narration.quote("")
        narration.quote(reply.text)
        narration.pause()
    }

    /// The journal's entry about it, from the console.
    private func lookIntoJournal() async throws -> Claim {
        let path = "/api/v1/conflicts?kind=uniqueness&limit=1"
        let entry = try await journaled(path)
        narration.say("In the journal (GET http://\(addresses.console.authority)\(path)):")
        narration.quote(
            Excerpt.text(
                of: entry,
                members: ["time", "service", "route", "resource", "kind", "status", "origin", "upstream_message"]
            )
        )
        let kind = entry?["kind"]?.string
        return Claim(
            "the collision is in the journal",
            holds: kind == "uniqueness" && entry?["origin"]?.string == "upstream",
            measured: kind.map { "\($0), \(entry?["resource"]?.string ?? "?")" } ?? "nothing found"
        )
    }

    /// The newest entry, for which the journal's writer gets the second that it is promised, and some more.
    private func journaled(_ path: String) async throws -> JSONValue? {
        for _ in 1...60 {
            let reply = try await console(path)
            if let entry = reply.json?["items"]?[0] { return entry }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    /// Whether the console answers what people and monitors ask it.
    func lookAtConsole() async throws -> Claim {
        var answers: [String] = []
        var isFine = true
        for path in ["/", "/readyz", "/metrics", "/api/v1/status"] {
            let reply = try await console(path)
            isFine = isFine && reply.status == 200
            answers.append("\(path) \(reply.status)")
        }
        let page = try await gateway.send(Call("GET", "/.well-known/parley/problems/stale-version"))
        answers.append("problem page \(page.status)")
        return Claim(
            "the console and the problem pages answer",
            holds: isFine && page.status == 200,
            measured: answers.joined(separator: ", ")
        )
    }

    private func console(_ path: String) async throws(CallFault) -> Reply {
        let token = addresses.consoleToken.map { [Call.Field("Authorization", "Bearer \($0)")] } ?? []
        return try await Caller(addresses.console).send(Call("GET", path, token))
    }
}
