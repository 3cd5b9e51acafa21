import Glibc

/// The pages of the program's own file that are in memory.
enum ProgramPages {
    /// Gives back those that only starting needed: a page that is wanted again comes from the file's cache.
    ///
    /// Only mappings that are never written are touched: code, and the constants before it at the file's beginning.
    static func giveBack() {
        guard let program = ownPath, let maps = WholeFile.bytes(of: "/proc/self/maps") else { return }
        for line in maps.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
            guard words.count == 6, text(words[5]).drop(while: { $0 == " " }) == program else { continue }
            let mode = text(words[1])
            guard mode == "r-xp" || (mode == "r--p" && text(words[2]).allSatisfy { $0 == "0" }) else { continue }
            let ends = text(words[0]).split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard ends.count == 2, ends[1] > ends[0] else { continue }
            _ = unsafe madvise(UnsafeMutableRawPointer(bitPattern: ends[0]), Int(ends[1] - ends[0]), MADV_DONTNEED)
        }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    private static var ownPath: String? {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe readlink("/proc/self/exe", &path, path.count)
        return count > 0 ? String(decoding: path[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
}
