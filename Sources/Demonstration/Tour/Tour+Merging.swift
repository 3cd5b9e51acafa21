import HTTPSemantics

extension Tour {
    /// The document that is merged and locked.
    private static let document = "/documents/letter"

    /// Sixth stop: two editors who change different parts of one version.
    func mergeEditors() async throws -> Claim {
        narration.heading("6  Two editors, one document")
        narration.say("Ada and Ben read the same version. Ada changes the title, Ben the status.")
        _ = try await put(["title": "Letter", "status": "draft", "text": "Dear all"], as: cast.ada)
        let read = try await gateway.send(Call("GET", Self.document, [cast.ada.field]))
        let tag = Call.Field("If-Match", read["ETag"] ?? "")
        let ada = try await put(["title": "Invitation", "status": "draft", "text": "Dear all"], as: cast.ada, [tag])
        let ben = try await put(["title": "Letter", "status": "final", "text": "Dear all"], as: cast.ben, [tag])
        narration.quote("Ada: HTTP/1.1 \(ada.status)")
        narration.quote("Ben: HTTP/1.1 \(ben.status)  Conflict-Resolution: \(ben["Conflict-Resolution"] ?? "none")")
        let merged = try await gateway.send(Call("GET", Self.document, [cast.ada.field]))
        narration.quote(merged.text)
        narration.pause()
        let expected: JSONValue = ["title": "Invitation", "status": "final", "text": "Dear all"]
        return Claim(
            "two editors of one version are merged, and neither loses a change",
            holds: ada.isSuccess && ben.isSuccess && ben["Conflict-Resolution"]?.hasPrefix("merged") == true
                && merged.json == expected,
            measured: "\(ada.status) and \(ben.status), \(merged.json == expected ? "both changes" : merged.text)"
        )
    }

    /// Seventh stop: an editor who wants to be alone for a while.
    func holdLock() async throws -> Claim {
        narration.heading("7  A lock")
        let wish = JSONWriter.bytes([
            "resource": .string(Self.document), "timeout": "60s", "owner": "Ada, at her desk",
        ])
        let locks = "/.well-known/parley/locks"
        let taken = try await gateway.send(Call("POST", locks, [cast.ada.field], body: wish))
        let token = taken.json?["token"]?.string ?? ""
        narration.say("Ada locks the letter for a minute. Ben writes, then Ada, then Ada gives the lock back.")
        let text: JSONValue = ["title": "Invitation", "status": "final", "text": "Dear Ben"]
        let refused = try await put(text, as: cast.ben)
        let allowed = try await put(text, as: cast.ada, [Call.Field("If", "(<\(token)>)")])
        let ended = try await gateway.send(
            Call("DELETE", "\(locks)/\(taken.json?["id"]?.string ?? "")", [cast.ada.field])
        )
        let after = try await put(text, as: cast.ben)
        narration.quote("Ben: HTTP/1.1 \(refused.status)  \(refused.json?["detail"]?.string ?? "")")
        narration.quote("Ada: HTTP/1.1 \(allowed.status)")
        narration.quote("Ben, afterwards: HTTP/1.1 \(after.status)")
        narration.pause()
        let statuses = [taken.status, refused.status, allowed.status, ended.status, after.status]
        return Claim(
            "a lock is honoured until it is given back",
            holds: statuses == [201, 423, 200, 204, 200],
            measured: statuses.map(String.init).joined(separator: ", ")
        )
    }

    private func put(_ value: JSONValue, as writer: SampleConsumer, _ fields: [Call.Field] = []) async throws -> Reply {
        try await gateway.send(
            Call("PUT", Self.document, [writer.field] + fields, body: JSONWriter.bytes(value))
        )
    }
}
