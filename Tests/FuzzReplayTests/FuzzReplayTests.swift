import Foundation
import FuzzTargets
import Testing

/// Every file that a fuzz program starts from, or once failed on, keeps every promise.
@Suite struct FuzzReplayTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fuzz")

    /// The files of a folder of `Fuzz` that belong to `target`.
    private func files(_ kind: String, of target: FuzzTarget) throws -> [URL] {
        let folder = Self.folder.appending(path: kind).appending(path: target.rawValue)
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    }

    @Test(arguments: FuzzTarget.allCases)
    func `every seed of the corpus keeps every promise`(_ target: FuzzTarget) throws {
        let seeds = try files("Corpus", of: target)
        #expect(!seeds.isEmpty, "\(target.rawValue) has no corpus")
        for seed in seeds {
            #expect(throws: Never.self, "\(seed.path)") { try target.check([UInt8](Data(contentsOf: seed))) }
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `what once failed never fails again`(_ target: FuzzTarget) throws {
        for file in try files("FailCases", of: target) {
            #expect(throws: Never.self, "\(file.path)") { try target.check([UInt8](Data(contentsOf: file))) }
        }
    }

    @Test func `every folder of cases belongs to a target`() throws {
        let names = Set(FuzzTarget.allCases.map(\.rawValue))
        for kind in ["Corpus", "FailCases"] {
            let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: kind).path)
            #expect(Set(folders).subtracting([".gitkeep"]).isSubset(of: names), "\(kind)")
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `nothing at all, and every single byte, keep every promise`(_ target: FuzzTarget) throws {
        try target.check([])
        for byte in UInt8.min...UInt8.max { try target.check([byte]) }
    }
}
