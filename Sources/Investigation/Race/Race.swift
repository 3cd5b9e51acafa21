import HTTPSemantics

/// Runs a race: rounds in which all writers read, then all write at once what they made of it.
package struct Race: Sendable {
    /// The world a race runs in.
    package struct Surroundings: Sendable {
        /// Sends requests.
        package var transport: any RaceTransport
        /// A clock in nanoseconds that never goes back.
        package var now: @Sendable () -> UInt64
        /// Waits so many milliseconds.
        package var pause: @Sendable (UInt64) async -> Void
        /// Told how far the race is: writes through, and requests sent.
        package var progress: @Sendable (RaceProgress) -> Void

        /// A world.
        package init(
            transport: any RaceTransport,
            now: @escaping @Sendable () -> UInt64,
            pause: @escaping @Sendable (UInt64) async -> Void,
            progress: @escaping @Sendable (RaceProgress) -> Void = { _ in },
        ) {
            self.transport = transport
            self.now = now
            self.pause = pause
            self.progress = progress
        }
    }

    /// What a race remembers while it runs.
    struct Course {
        /// Requests that may still be sent.
        var budget: RaceBudget
        /// Writes that each writer still has to get through.
        var remaining: [Int]
        /// What was sent.
        var history = RaceHistory()
        /// Why the race cannot go on.
        var fault: RaceFault?
        /// Attempts so far, which number the marks.
        var attempts = 0
        /// Milliseconds waited so far.
        var waited: UInt64 = 0
        /// How long the server wants to be left alone now, in milliseconds.
        var pause: UInt64 = 0
        /// Rounds in a row without any use.
        var idleRounds = 0
        /// Chance.
        var chance: RaceChance
        /// The name of the race in its marks.
        var run: String
    }

    /// What is done.
    let plan: RacePlan
    /// Where.
    let world: Surroundings
    /// When the race began, on the world's clock.
    private let start: UInt64

    /// A race of a plan.
    package init(_ plan: RacePlan, in world: Surroundings) {
        self.plan = plan
        self.world = world
        start = world.now()
    }

    /// Runs the race to its end.
    package func run() async -> RaceResult {
        var chance = RaceChance(seed: plan.settings.seed)
        let name = RaceMark.run(from: chance.next())
        var course = Course(
            budget: plan.budget,
            remaining: Array(repeating: plan.settings.writes, count: plan.settings.writers),
            chance: chance,
            run: name
        )
        var result = RaceResult(url: "", field: plan.settings.field)
        result.wanted = plan.settings.writers * plan.settings.writes
        result.limit = course.budget.limit
        do throws(RaceFault) {
            let address = try await address(&course)
            result.url = address.text
            if case .created = plan.place { result.wasCreated = true }
            await runRounds(at: address.text, &course)
            await readLast(at: address.text, &course)
        } catch {
            course.fault = error
        }
        result.history = course.history
        result.report = LostUpdateCheck.check(course.history)
        result.sent = course.budget.sent
        result.endedEarly = course.fault
        return result
    }

    /// Nanoseconds since the race began.
    var elapsed: UInt64 { world.now() &- start }

    private func address(_ course: inout Course) async throws(RaceFault) -> RaceAddress {
        switch plan.place {
        case .existing(let address): return address
        case .created(let creation):
            _ = course.budget.takeCreation()
            let request = RaceRequest(
                creation.method,
                creation.address.text,
                fields: writeFields(mediaType: "application/json"),
                body: creation.body
            )
            let reply = await world.transport.send(request, as: 0)
            return try RaceCreation.address(of: reply, to: creation)
        }
    }

    /// The first round is one writer alone, which shows that a write can be seen at all.
    private func runRounds(at url: String, _ course: inout Course) async {
        let everybody = course.remaining.indices
        while course.fault == nil, course.remaining.contains(where: { $0 > 0 }) {
            let isFirst = !course.history.writes.contains { $0.outcome == .done }
            let active = everybody.filter { course.remaining[$0] > 0 }
            let chosen = course.chance.shuffled(isFirst ? Array(active.prefix(1)) : active)
            let writers = Array(chosen.prefix(course.budget.attempts))
            guard !writers.isEmpty else { break }
            await rest(&course)
            await runRound(writers, at: url, &course)
            RaceJudgement.judge(&course)
            let through = plan.settings.writers * plan.settings.writes - course.remaining.reduce(0, +)
            world.progress(
                RaceProgress(writes: through, of: course.remaining.count * plan.settings.writes, course.budget)
            )
        }
    }

    private func rest(_ course: inout Course) async {
        guard course.pause > 0 else { return }
        await world.pause(course.pause)
        course.waited += course.pause
        course.pause = 0
    }

    /// Reads the outcome; once more a moment later if something seems lost, in case the read was out of date.
    private func readLast(at url: String, _ course: inout Course) async {
        guard course.history.writes.contains(where: { $0.mayBeApplied }), course.budget.takeRead() else { return }
        course.history.lastReads.append(await read(0, at: url).operation)
        let report = LostUpdateCheck.check(course.history)
        guard report.lost + report.vanished > 0, course.budget.takeRead() else { return }
        await world.pause(250)
        course.history.lastReads.append(await read(0, at: url).operation)
    }
}
