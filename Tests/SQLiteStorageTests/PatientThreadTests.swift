import Foundation
import SQLiteStorage
import Testing

/// Work that nobody waits for has a thread that gives way.
struct PatientThreadTests {
    @Test(.timeLimit(.minutes(1)))
    func `it weighs less than others, and only it`() async {
        let thread = PatientThread(named: "patient-test")
        let before = Self.niceness
        #expect(await thread.run { Self.niceness } == PatientThread.niceness)
        #expect(PatientThread.niceness > 0 && Self.niceness == before)
    }

    @Test(.timeLimit(.minutes(1)))
    func `all work is done on one thread, one after another`() async {
        let thread = PatientThread(named: "patient-test")
        let places = await withTaskGroup(of: Int32.self, returning: [Int32].self) { group in
            for _ in 0..<200 { group.addTask { await thread.run { gettid() } } }
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
    func `it ends with its last owner`() async {
        var thread: PatientThread? = PatientThread(named: "patient-test")
        let number = await thread?.run { gettid() } ?? -1
        #expect(Self.isAlive(number))
        thread = nil
        while Self.isAlive(number) { await Task.yield() }
    }

    private static var niceness: Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

    private static func isAlive(_ thread: Int32) -> Bool {
        FileManager.default.fileExists(atPath: "/proc/self/task/\(thread)")
    }
}
