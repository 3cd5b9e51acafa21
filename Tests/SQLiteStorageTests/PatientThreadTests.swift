import Foundation
import SQLiteStorage
import Testing

/// Work that nobody waits for has a thread that gives way.
struct PatientThreadTests {
    @Test(.timeLimit(.minutes(1)))
    func `it weighs less than whoever began it`() async {
        // Read on the thread that begins the other: what a task goes on with after waiting may weigh anything.
        let before = Self.niceness
        let thread = PatientThread(named: "patient-test")
        #expect(await thread.run { Self.niceness } == min(before + 7, 19))
    }

    @Test(.timeLimit(.minutes(1)))
    func `all work is done on one thread, one after another`() async {
        let thread = PatientThread(named: "patient-test")
        let places = await withTaskGroup(of: pthread_t.self, returning: [pthread_t].self) { group in
            for _ in 0..<200 { group.addTask { await thread.run { pthread_self() } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(places.count == 200 && Set(places).count == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func `the task that asks may be cancelled: the work is done all the same`() async {
        let thread = PatientThread(named: "patient-test")
        let held = DispatchSemaphore(value: 0)
        let task = Task { await thread.run { held.wait() } }
        task.cancel()
        let last = Task { await thread.run { true } }
        last.cancel()
        held.signal()
        await task.value
        #expect(await last.value)
    }

    @Test(.timeLimit(.minutes(1)))
    func `it ends with its last owner`() async throws {
        var thread: PatientThread? = PatientThread(named: "patient-ends")
        await thread?.run {}
        #expect(try Self.isAlive("patient-ends"))
        thread = nil
        while try Self.isAlive("patient-ends") { await Task.yield() }
    }

    private static var niceness: Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

    private static func isAlive(_ name: String) throws -> Bool {
        let tasks = "/proc/self/task"
        return try FileManager.default.contentsOfDirectory(atPath: tasks).contains { task in
            let shown = try? String(contentsOfFile: "\(tasks)/\(task)/comm", encoding: .utf8)
            return shown?.hasPrefix(name) ?? false
        }
    }
}
