/// Takes an event stream apart (WHATWG HTML, section 9.2.6): lines end with LF, CR LF or CR, `data` lines are joined with
/// LF, comments and a byte order mark are passed over, and an event that no blank line ends is dropped.
package struct EventStreamReader: Sendable {
    /// One event.
    package struct Event: Sendable, Equatable {
        /// The value of its `event` field; empty where there is none.
        package var name: [UInt8] = []
        /// Its data.
        package var data: [UInt8] = []

        /// An event.
        package init(name: [UInt8] = [], data: [UInt8] = []) {
            self.name = name
            self.data = data
        }
    }

    /// Longest event that is taken, so that no stream fills the memory (32 MiB).
    package static let longest = 32 << 20

    /// Whether an event was longer than ``longest``; nothing more is read then.
    package private(set) var isTooLong = false
    private var line: [UInt8] = []
    private var event = Event()
    private var hasData = false
    private var skipsLineFeed = false
    private var isFirstLine = true

    /// A reader at the beginning of a stream.
    package init() {}

    /// Takes more bytes; `take` gets each event that is complete.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, _ take: (Event) -> Void) {
        var start = bytes.startIndex
        var index = bytes.startIndex
        while index < bytes.endIndex, !isTooLong {
            let byte = bytes[index]
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == 0x0A {
                    index += 1
                    start = index
                    continue
                }
            }
            if byte == 0x0A || byte == 0x0D {
                line += bytes[start..<index]
                skipsLineFeed = byte == 0x0D
                endLine(take)
                start = index + 1
            }
            index += 1
        }
        guard !isTooLong else { return }
        line += bytes[start..<bytes.endIndex]
        checkLength()
    }

    private mutating func checkLength() {
        guard line.count + event.data.count > Self.longest else { return }
        isTooLong = true
        line = []
        event = Event()
    }

    private mutating func endLine(_ take: (Event) -> Void) {
        if isFirstLine {
            isFirstLine = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        guard !line.isEmpty else { return dispatch(take) }
        defer { line.removeAll(keepingCapacity: true) }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        if colon == line.startIndex { return }
        let name = line[..<(colon ?? line.endIndex)]
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == 0x20 { value = value.dropFirst() }
        if name.elementsEqual("data".utf8) {
            if hasData { event.data.append(0x0A) }
            event.data += value
            hasData = true
            line.removeAll(keepingCapacity: true)
            checkLength()
        } else if name.elementsEqual("event".utf8) {
            event.name = Array(value)
        }
    }

    private mutating func dispatch(_ take: (Event) -> Void) {
        if hasData { take(event) }
        event.name.removeAll(keepingCapacity: true)
        event.data.removeAll(keepingCapacity: true)
        hasData = false
    }
}
