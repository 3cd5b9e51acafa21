import HTTPSemantics

extension Tour {
    /// Fifth stop: a POST whose answer got lost is sent again.
    func retryOrder() async throws -> Claim {
        narration.heading("5  An order that is sent twice")
        narration.say(
            "The answer got lost, so the client sends its POST again. The API by itself makes two orders of it:"
        )
        let body = JSONWriter.bytes(["article": "tea"])
        let bare = Caller(cast.items)
        for _ in 1...2 {
            let reply = try await bare.send(Call("POST", "/orders", body: body))
            narration.quote("HTTP/1.1 \(reply.status)  \(reply.text)")
        }
        narration.pause()
        narration.say("Through Parley, with Idempotency-Key: \"tea-for-two\":")
        let call = Call(
            "POST",
            "/orders",
            [cast.ada.field, Call.Field("Idempotency-Key", "\"tea-for-two\"")],
            body: body
        )
        let before = try await orders()
        let first = try await gateway.send(call)
        let second = try await gateway.send(call)
        for reply in [first, second] {
            let mark = reply["Idempotent-Replayed"].map { "  Idempotent-Replayed: \($0)" } ?? ""
            narration.quote("HTTP/1.1 \(reply.status)  \(reply.text)\(mark)")
        }
        narration.pause()
        let made = try await orders() - before
        let isOnce = made == 1 && first.status == 201 && second.body == first.body && second.status == 201
        return Claim(
            "a retried POST creates once, and gets the first answer again",
            holds: isOnce && second["Idempotent-Replayed"] == "true" && first["Idempotent-Replayed"] == nil,
            measured: "\(made) order of 2 requests"
        )
    }

    private func orders() async throws -> Int {
        try await Caller(cast.items).send(Call("GET", "/orders")).json?["count"]?.integer ?? 0
    }
}
