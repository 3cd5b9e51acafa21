import Glibc

/// Files read in one go.
enum WholeFile {
    /// All bytes of a file, or its first `limit` and a little more; `nil` with `errno` set if it cannot be read.
    static func bytes(of path: String, limit: Int = 8 << 20) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 { return nil }
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return bytes
    }
}
