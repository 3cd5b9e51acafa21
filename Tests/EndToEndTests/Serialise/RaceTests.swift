import StoragePorts
import TestKit
import Testing

/// Writers that meet, on several loops.
@Suite(.timeLimit(.minutes(3)))
struct RaceTests {
    private static func race(
        _ writers: Int,
        _ running: RunningGateway,
        _ path: String,
        _ field: HTTPField
    ) async throws -> [Int] {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    try await running.ask("PUT", path, [field], body: #"{"writer":\#(writer)}"#).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test(arguments: [false, true])
    func `row 21: of two writes that name one version, exactly one succeeds, every time`(makesTags: Bool) async throws {
        try await RunningGateway.run(makesTags: makesTags, loops: 3) { running in
            for round in 0..<150 {
                let path = "/items/\(round % 7)"
                let tag = try await running.place(#"{"round":\#(round)}"#, at: path)
                let before = running.upstream.appliedWrites(at: path).count
                let statuses = try await Self.race(2, running, path, HTTPField("If-Match", tag))
                #expect(statuses.sorted() == [200, 412])
                #expect(running.upstream.appliedWrites(at: path).count == before + 1)
            }
        }
    }

    @Test func `row 22: of many creations exactly one succeeds`() async throws {
        try await RunningGateway.run(loops: 3) { running in
            for round in 0..<20 {
                let path = "/items/new-\(round)"
                let statuses = try await Self.race(8, running, path, HTTPField("If-None-Match", "*"))
                #expect(statuses.filter { $0 == 201 }.count == 1)
                #expect(statuses.filter { $0 == 412 }.count == 7)
                #expect(running.upstream.appliedWrites(at: path).count == 1)
            }
        }
    }

    @Test func `turns hold across loops: unconditional writes of many connections all arrive, one at a time`()
        async throws
    {
        try await RunningGateway.run(RunningGateway.items("wait: 20s, queue: 100"), loops: 4) { running in
            let statuses = try await Self.race(40, running, "/items/1", HTTPField("X-Fault", "slow=5"))
            #expect(Set(statuses) == [200, 201])
            #expect(running.upstream.appliedWrites(at: "/items/1").count == 40)
            let writes = running.upstream.received.filter { $0.method == "PUT" }
            let gaps = zip(writes, writes.dropFirst()).map { $1.at - $0.at }
            #expect(gaps.allSatisfy { $0 >= 5_000_000 }, "no write came before the one ahead of it was answered")
        }
    }

    @Test func `a full line and a wait that is too long end in contended, and change nothing`() async throws {
        try await RunningGateway.run(RunningGateway.items("wait: 60ms, queue: 2")) { running in
            let slow = HTTPField("X-Fault", "slow=150")
            let statuses = try await Self.race(6, running, "/items/1", slow)
            #expect(statuses.filter { $0 < 300 }.count == 1)
            #expect(statuses.filter { $0 == 409 }.count == 5)
            #expect(running.upstream.appliedWrites(at: "/items/1").count == 1)
            #expect(
                running.journal.entries.filter { $0.kind == "contended" && $0.resolution.outcome == .refused }.count
                    == 5
            )
        }
    }

    @Test func `writes to different resources do not wait for each other`() async throws {
        try await RunningGateway.run(RunningGateway.items("wait: 10ms")) { running in
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for item in 0..<10 {
                    group.addTask {
                        try await running.ask(
                            "PUT",
                            "/items/\(item)",
                            [HTTPField("X-Fault", "slow=100")],
                            body: "{}"
                        ).status
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.allSatisfy { $0 == 201 })
        }
    }
}
