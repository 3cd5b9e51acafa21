import Foundation
import SQLiteStorage
import StoragePorts
import Testing

struct DataDirectoryTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `makes the folder and those above it, for its owner alone`() throws {
        let path = folder.path + "/a/b"
        _ = try DataDirectory(claiming: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test func `a second server is refused, and told which process has it and what to do`() throws {
        let first = try DataDirectory(claiming: folder.path)
        let fault = try #require(throws: StoreError.self) { try DataDirectory(claiming: folder.path) }
        #expect(fault.code == .directoryLocked)
        #expect(fault.summary.contains(folder.path))
        #expect(fault.summary.contains("process \(ProcessInfo.processInfo.processIdentifier)"))
        #expect(fault.summary.contains("--data"))
        first.release()
        _ = try DataDirectory(claiming: folder.path)
    }

    @Test func `a lock file left behind by a killed server does not keep the next one out`() throws {
        try "99999999\n".write(toFile: folder.path + "/lock", atomically: true, encoding: .utf8)
        _ = try DataDirectory(claiming: folder.path)
        let content = try String(contentsOfFile: folder.path + "/lock", encoding: .utf8)
        #expect(content == "\(ProcessInfo.processInfo.processIdentifier)\n")
    }

    @Test(arguments: ["", "file/below", "file"])
    func `says why a folder cannot be used`(name: String) throws {
        try "".write(toFile: folder.path + "/file", atomically: true, encoding: .utf8)
        let path = name.isEmpty ? "" : folder.path + "/" + name
        let fault = try #require(throws: StoreError.self) { try DataDirectory(claiming: path) }
        #expect(fault.code == .directoryUnwritable)
        #expect(fault.summary.contains("--data"))
    }
}
