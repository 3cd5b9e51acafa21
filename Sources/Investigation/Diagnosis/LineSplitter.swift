/// Cuts bytes into lines, however they come in.
struct LineSplitter: Sendable {
    /// One line without its end.
    struct Line: Sendable {
        /// Its number, from 1.
        let number: Int
        /// Its bytes; of very long lines the first.
        let bytes: [UInt8]
        /// Whether the rest of it was thrown away.
        let isCut: Bool
    }

    /// The longest line that is kept.
    private static let longest = 1 << 20

    private var current: [UInt8] = []
    private var isCut = false
    private var number = 1

    /// The lines that `bytes` complete.
    mutating func feed(_ bytes: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            keep(rest[..<end])
            lines.append(next())
            rest = rest[(end + 1)...]
        }
        keep(rest)
        return lines
    }

    /// The last line, if the bytes do not end in a line feed.
    mutating func finish() -> [Line] { current.isEmpty && !isCut ? [] : [next()] }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        let room = Self.longest - current.count
        if bytes.count > room { isCut = true }
        current += bytes.prefix(max(0, room))
    }

    private mutating func next() -> Line {
        if current.last == 0x0D { current.removeLast() }
        defer {
            current = []
            isCut = false
            number += 1
        }
        return Line(number: number, bytes: current, isCut: isCut)
    }
}
