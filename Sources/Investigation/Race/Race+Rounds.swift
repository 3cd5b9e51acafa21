import HTTPSemantics

/// The rounds of a race.
extension Race {
    /// One round: reads, then writes.
    func runRound(_ writers: [Int], at url: String, _ course: inout Course) async {
        let reading = writers.filter { _ in course.budget.takeRead() }
        let sights = await readAll(reading, at: url)
        course.fault = RaceJudgement.fault(in: course.history, before: sights)
        var attempts = sights.map { RaceHistory.Attempt(read: $0.operation) }
        var drafts: [(place: Int, draft: Draft)] = []
        for (place, sight) in sights.enumerated() {
            course.fault = course.fault ?? sight.fault
            course.attempts += 1
            guard course.fault == nil, let draft = draft(sight, number: course.attempts, &course) else { continue }
            drafts.append((place, draft))
        }
        guard course.fault == nil else {
            course.history.rounds.append(RaceHistory.Round(attempts))
            return
        }
        let sending = drafts.filter { _ in course.budget.takeWrite() }
        for (place, sent) in await writeAll(sending, at: url) {
            attempts[place].write = sent.operation
            course.fault = course.fault ?? sent.fault
            if let seconds = sent.pause { course.pause = max(course.pause, UInt64(min(seconds, 3600)) * 1000) }
        }
        course.history.rounds.append(RaceHistory.Round(attempts))
    }

    /// Reads the resource once.
    func read(_ writer: Int, at url: String) async -> RaceReading.Sight {
        let began = elapsed
        let reply = await world.transport.send(RaceRequest("GET", url, fields: freshFields), as: writer)
        let operation = RaceOperation(writer: writer, method: "GET", began: began, ended: elapsed, outcome: .unknown)
        return RaceReading.read(reply, operation, of: plan)
    }

    /// Fields of a write: those asked for, and Content-Type unless it is among them.
    func writeFields(mediaType: String, condition: String? = nil) -> [RaceField] {
        var fields = readFields
        if fields.first(named: "content-type") == nil { fields.append(RaceField("Content-Type", mediaType)) }
        if let condition, fields.first(named: "if-match") == nil { fields.append(RaceField("If-Match", condition)) }
        return fields
    }

    /// Fields of a read, which no cache shall answer.
    private var freshFields: [RaceField] {
        let fields = readFields
        return fields.first(named: "cache-control") == nil ? fields + [RaceField("Cache-Control", "no-cache")] : fields
    }

    private var readFields: [RaceField] {
        var fields = plan.settings.fields
        if fields.first(named: "accept") == nil { fields.append(RaceField("Accept", "application/json")) }
        if fields.first(named: "user-agent") == nil { fields.append(RaceField("User-Agent", "parley-race")) }
        return fields
    }

    /// A write that is ready to be sent.
    private struct Draft: Sendable {
        var operation: RaceOperation
        var fields: [RaceField]
        var body: [UInt8]
    }

    /// A write that was sent.
    private struct Sent: Sendable {
        var operation: RaceOperation
        var fault: RaceFault?
        var pause: Int?
    }

    private func readAll(_ writers: [Int], at url: String) async -> [RaceReading.Sight] {
        await withTaskGroup(of: (Int, RaceReading.Sight).self) { group in
            for (place, writer) in writers.enumerated() {
                group.addTask { (place, await read(writer, at: url)) }
            }
            var sights: [(Int, RaceReading.Sight)] = []
            for await sight in group { sights.append(sight) }
            return sights.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func draft(_ sight: RaceReading.Sight, number: Int, _ course: inout Course) -> Draft? {
        let settings = plan.settings
        guard let document = sight.document else { return nil }
        let mark = RaceMark.text(run: course.run, number: number)
        let wanted = settings.fields.first(named: "content-type")
        guard let change = FieldChange(of: document, at: plan.pointer, form: settings.form, mark: mark),
            let body = RaceBody.of(change, at: plan.pointer, in: document, method: settings.method, mediaType: wanted)
        else {
            course.fault = .cannotTell(
                "the field \(settings.field) cannot be changed with \(settings.method)",
                remedy: "use --method PUT, or --header 'Content-Type: application/json-patch+json' with PATCH"
            )
            return nil
        }
        let condition = settings.usesCondition ? sight.operation.tag : nil
        let operation = RaceOperation(
            writer: sight.operation.writer,
            method: settings.method,
            condition: settings.fields.first(named: "if-match") ?? condition,
            began: 0,
            ended: 0,
            field: change.sight,
            mark: change.sight.count == nil ? mark : nil,
            outcome: .unknown
        )
        let fields = writeFields(mediaType: body.mediaType, condition: condition)
        return Draft(operation: operation, fields: fields, body: body.bytes)
    }

    private func writeAll(_ drafts: [(place: Int, draft: Draft)], at url: String) async -> [(Int, Sent)] {
        await withTaskGroup(of: (Int, Sent).self) { group in
            for (place, draft) in drafts { group.addTask { (place, await write(draft, at: url)) } }
            var all: [(Int, Sent)] = []
            for await sent in group { all.append(sent) }
            return all.sorted { $0.0 < $1.0 }
        }
    }

    private func write(_ draft: Draft, at url: String) async -> Sent {
        var sent = Sent(operation: draft.operation)
        let request = RaceRequest(draft.operation.method, url, fields: draft.fields, body: draft.body)
        sent.operation.began = elapsed
        let reply = await world.transport.send(request, as: draft.operation.writer)
        sent.operation.ended = elapsed
        sent.fault = RaceReading.write(reply, &sent.operation)
        sent.pause = RaceReading.pause(reply)
        return sent
    }
}
