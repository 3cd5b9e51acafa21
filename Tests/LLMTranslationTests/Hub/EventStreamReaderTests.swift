import LLMTranslation
import Testing

/// The rules of WHATWG HTML, section 9.2.6, at every way to split the bytes.
@Suite struct EventStreamReaderTests {
    private typealias Event = EventStreamReader.Event

    private func events(_ pieces: [ArraySlice<UInt8>]) -> [Event] {
        var reader = EventStreamReader()
        var events: [Event] = []
        for piece in pieces { reader.feed(piece) { events.append($0) } }
        return events
    }

    private static func event(_ data: String, _ name: String = "") -> EventStreamReader.Event {
        EventStreamReader.Event(name: Array(name.utf8), data: Array(data.utf8))
    }

    @Test(
        arguments: [
            ("data: a\n\n", [event("a")]),
            ("data:a\r\n\r\ndata:b\r\rdata:c\n\n", [event("a"), event("b"), event("c")]),
            ("data: YHOO\ndata: +2\ndata: 10\n\n", [event("YHOO\n+2\n10")]),
            ("data\n\ndata\ndata\n\ndata:", [event(""), event("\n")]),
            ("data:test\n\ndata: test\n\n", [event("test"), event("test")]),
            ("data:  two\n\n", [event(" two")]), ("event: x\ndata: a\n\ndata: b\n\n", [event("a", "x"), event("b")]),
            ("event: x\n\ndata: b\n\n", [event("b")]), ("event: x\nevent: y\ndata: b\n\n", [event("b", "y")]),
            (": comment\n\n: another\ndata: a\n\n", [event("a")]),
            ("id: 1\nretry: 5\nother: x\ndata: a\n\n", [event("a")]),
            ("\u{FEFF}data: a\n\n", [event("a")]), ("data: a\n\n\u{FEFF}data: b\n\n", [event("a")]),
            ("data: unfinished\n", []), ("", []), ("\n\n\r\n", []), ("Data: a\n\n data: b\n\n", []),
            ("data: {\"t\":\"\u{2028}\u{85}é\"}\n\n", [event("{\"t\":\"\u{2028}\u{85}é\"}")]),
        ] as [(String, [EventStreamReader.Event])]
    )
    func `a stream is read by the rules, however it is split`(stream: String, expected: [EventStreamReader.Event]) {
        let bytes = Array(stream.utf8)
        #expect(events(bytes.indices.map { bytes[$0...$0] }) == expected)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                #expect(events(pieces) == expected, "split at \(first) and \(second)")
            }
        }
    }

    @Test func `an endless event does not fill the memory`() {
        for begin in ["data: ", "", "data: a\ndata: "] {
            var reader = EventStreamReader()
            var count = 0
            reader.feed(Array(begin.utf8)[...]) { _ in count += 1 }
            let piece = [UInt8](repeating: 0x61, count: 1 << 20)
            for _ in 0..<33 { reader.feed(piece[...]) { _ in count += 1 } }
            #expect(reader.isTooLong)
            reader.feed(Array("\n\ndata: a\n\n".utf8)[...]) { _ in count += 1 }
            #expect(count == 0)
        }
    }
}
