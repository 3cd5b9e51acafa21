import HTTPSemantics

extension Tour {
    /// What is quoted of a problem document about a stale write.
    private static let telling = [
        "kind", "status", "detail", "your_version", "current_version", "changed", "overlap", "resolutions",
    ]

    /// A closer look at the second stop: one write that came too late.
    func refuseStaleWrite() async throws -> Claim {
        narration.pause()
        narration.say(
            "One refusal, close up. Ben reads; Ada reads, changes the title and adds a line; then Ben writes."
        )
        let seen = try await read(as: cast.ben)
        let first = try await write(changing(seen, title: "Ada's cart", line: "from Ada"), over: seen, as: cast.ada)
        let second = try await write(changing(seen, title: "Ben's cart"), over: seen, as: cast.ben)
        narration.pause()
        narration.fact("Ada's write", first.status)
        narration.fact("Ben's write", "\(second.status), with this document (shortened):")
        narration.pause()
        narration.quote(Excerpt.text(of: second.json, members: Self.telling))
        return judge(second, afterSuccess: first.isSuccess)
    }

    /// Says in words what the document says, and whether it says it.
    private func judge(_ refusal: Reply, afterSuccess: Bool) -> Claim {
        let problem = refusal.json
        let changed = problem?["changed"]?.array ?? []
        let winners = Set(changed.compactMap { $0["by"]?.string })
        let pointers = changed.compactMap { $0["pointer"]?.string }
        let next = problem?["resolutions"]?.array ?? []
        narration.pause()
        narration.fact("who won", winners.sorted().joined(separator: ", "))
        narration.fact("when", changed.first?["at"]?.string ?? "unknown")
        narration.fact("what changed since", pointers.joined(separator: " "))
        narration.fact(
            "changed by both",
            (problem?["overlap"]?.array ?? []).compactMap(\.string).joined(separator: " ")
        )
        narration.fact("what to send next", next.map(Self.step).joined(separator: ", then "))
        let holds =
            afterSuccess && refusal.status == 412 && winners == [cast.ada.name] && pointers.contains("/title")
            && !next.isEmpty
        return Claim(
            "a write based on an old version gets 412, which names who won and what changed",
            holds: holds,
            measured:
                "\(refusal.status), by \(winners.sorted().joined(separator: ", ")), \(pointers.joined(separator: " "))"
        )
    }

    private static func step(_ resolution: JSONValue) -> String {
        let fields = (resolution["headers"]?.object?.members ?? []).map { " with \($0.name): \($0.value.string ?? "")" }
        return "\(resolution["method"]?.string ?? "?") \(resolution["href"]?.string ?? "?")\(fields.joined())"
    }

    /// Third stop: a write that does not say what it is based on.
    func refuseUnconditionalWrite() async throws -> Claim {
        narration.heading("3  A write that does not say which version it is based on")
        narration.say("The route has `require-condition: true`, so a PUT without If-Match is not passed on:")
        let body = JSONWriter.bytes(["title": "Mine", "count": 0, "lines": []])
        let reply = try await gateway.send(Call("PUT", Self.item, [cast.ben.field], body: body))
        narration.pause()
        narration.fact("answer", "\(reply.status) \(reply.json?["title"]?.string ?? "")")
        narration.quote(reply.json?["detail"]?.string ?? reply.text)
        return Claim("a write without a condition gets 428", holds: reply.status == 428, measured: reply.status)
    }

    private func read(as consumer: SampleConsumer) async throws -> Reply {
        let reply = try await gateway.send(Call("GET", Self.item, [consumer.field]))
        guard reply.isSuccess, reply["ETag"] != nil else {
            throw CallFault(
                description: "GET \(Self.item) through the gateway was answered with \(reply.status) and no ETag"
            )
        }
        return reply
    }

    private func changing(_ item: Reply, title: String, line: String? = nil) -> JSONValue {
        var object = item.json?.object ?? JSONObject()
        object.set("title", to: .string(title))
        if let line {
            let lines = (object["lines"]?.array ?? []) + [.string(line)]
            object.set("lines", to: .array(lines))
            object.set("count", to: .number(JSONNumber(lines.count)))
        }
        return .object(object)
    }

    private func write(_ item: JSONValue, over seen: Reply, as consumer: SampleConsumer) async throws -> Reply {
        let condition = Call.Field("If-Match", seen["ETag"] ?? "")
        return try await gateway.send(
            Call("PUT", Self.item, [consumer.field, condition], body: JSONWriter.bytes(item))
        )
    }
}
