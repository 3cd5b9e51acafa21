import Glibc

/// A file, or standard input, read piece by piece.
package struct InputFile: ~Copyable {
    private let descriptor: CInt
    private let isOurs: Bool
    private var isAtEnd = false

    /// Opens a file; `-` is standard input.
    /// - Throws: ``InputFault`` if it cannot be read.
    package init(_ path: String) throws(InputFault) {
        isOurs = path != "-"
        descriptor = isOurs ? unsafe open(path, O_RDONLY | O_CLOEXEC) : 0
        guard descriptor >= 0 else {
            let reason = unsafe String(cString: strerror(errno))
            throw InputFault("\(path) cannot be read: \(reason). See that the name is right and that you may read it.")
        }
    }

    /// The next bytes, 64 KiB at most; none at the end.
    /// - Throws: ``InputFault`` if reading fails.
    package mutating func next() throws(InputFault) -> [UInt8] {
        var piece = [UInt8](repeating: 0, count: 65_536)
        while !isAtEnd {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw InputFault("reading failed: \(unsafe String(cString: strerror(errno)))") }
            isAtEnd = count == 0
            piece.removeLast(piece.count - count)
            return piece
        }
        return []
    }

    /// All bytes of a file.
    /// - Throws: ``InputFault`` if it cannot be read or has more than `limit` bytes.
    package static func wholeFile(_ path: String, limit: Int) throws(InputFault) -> [UInt8] {
        var file = try InputFile(path)
        var bytes: [UInt8] = []
        while true {
            let piece = try file.next()
            if piece.isEmpty { return bytes }
            bytes += piece
            if bytes.count > limit { throw InputFault("\(path) is larger than \(limit >> 20) MiB") }
        }
    }

    deinit {
        if isOurs, descriptor >= 0 { close(descriptor) }
    }
}
