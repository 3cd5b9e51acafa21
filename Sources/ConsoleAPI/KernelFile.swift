import Glibc

/// Reads the kernel's small text files, which have no size until they are read.
enum KernelFile {
    /// The text of the file at `path`, at most 64 KiB of it; empty if it cannot be read.
    static func text(at path: String) -> String {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var content: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 4_096)
        while content.count < 65_536 {
            let count = unsafe room.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            content += room.prefix(count)
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// How many entries the folder at `path` has, but for `.` and `..` and the one that looking opens.
    static func entries(of path: String) -> Int? {
        guard let folder = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        return max(0, count - 3)
    }
}
