import FuzzTargets
import HTTPWire
import Testing

/// Which heads are heads, and what is found in them (contract §3.1, RFC 9112 §2 to §5).
@Suite struct MessageHeadTests {
    @Test(arguments: RequestTable.accepted)
    func `a well-formed request is read up to its empty line and no further`(_ request: String) {
        let reading = HeadReading(wire(request), as: .request)
        #expect(reading.ending == .complete)
        let bytes = wire(request)
        let leading = bytes.starts(with: [13, 10]) ? 2 : 0
        let length = lengthOfHead(bytes, from: leading)
        #expect(reading.taken == length)
        #expect(reading.bytes == Array(bytes[leading..<length]))
    }

    @Test(arguments: RequestTable.refused)
    func `a malformed request is refused with its reason`(_ refused: Refused) {
        #expect(HeadReading(wire(refused.text), as: .request).ending == .fault(refused.fault))
    }

    @Test(arguments: AnswerTable.accepted)
    func `a well-formed answer is read`(_ answer: String, _ status: Int) {
        let reading = HeadReading(wire(answer), as: .answer)
        #expect(reading.ending == .complete)
        #expect(reading.status == status)
        #expect(reading.minorVersion == (answer.hasPrefix("HTTP/1.0") ? 0 : 1))
    }

    @Test(arguments: AnswerTable.refused)
    func `a malformed answer is refused with its reason`(_ refused: Refused) {
        #expect(HeadReading(wire(refused.text), as: .answer).ending == .fault(refused.fault))
    }

    @Test(arguments: [
        "", "\r", "\r\n", "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\r\n\r",
    ])
    func `the beginning of a request needs more`(_ beginning: String) {
        let reading = HeadReading(wire(beginning), as: .request)
        #expect(reading.ending == .needsMore)
        #expect(reading.taken == beginning.unicodeScalars.count)
    }

    @Test func `method, target, version, names and values are where they were`() {
        let bytes = wire("PUT /a?b=c HTTP/1.0\r\nHoSt: \t x \r\nempty:\r\nX-Other:a b\t\r\n\r\nrest")
        let reading = HeadReading(bytes, as: .request)
        #expect(text(reading.method) == "PUT")
        #expect(text(reading.target) == "/a?b=c")
        #expect(reading.minorVersion == 0)
        #expect(reading.fields.map { text($0.name) } == ["HoSt", "empty", "X-Other"])
        #expect(reading.fields.map { text($0.value) } == ["x", "", "a b"])
        #expect(reading.fields.map(\.id) == [.host, .other, .other])
        #expect(reading.fields.map(\.end) == [33, 41, 55])
        #expect(reading.taken == bytes.count - 4)
    }

    @Test func `recognised fields are indexed, and repetitions noticed`() throws {
        var head = MessageHead(.request)
        let bytes = wire("GET / HTTP/1.1\r\nVia: 1\r\nHost: a\r\nvia: 2\r\nX: y\r\nVIA: 3\r\n\r\n")
        let (progress, _) = try unsafe head.take(bytes.count, from: bytes.span.bytes)
        #expect(progress == .complete)
        let positions = [head.position(of: .via), head.position(of: .host), head.position(of: .date)]
        #expect(positions == [0, 1, nil])
        let (first, all, none) = (head.text(of: .via), head.values(of: .via), head.values(of: .etag))
        #expect(first == "1" && all.map(text) == ["1", "2", "3"] && none.isEmpty)
        let (present, repeated) = (head.present, head.repeated)
        #expect(repeated.has(.via) && !repeated.has(.host) && present.has(.other) && !present.has(.parley))
        let name = head.fields[1].name
        let comparisons = [
            head.matches(name, "host"), head.equals(name, "Host"), head.equals(name, "host"), head.matches(name, "hos"),
        ]
        #expect(comparisons == [true, true, false, false])
    }

    @Test func `a head can be reset and used for the next message`() throws {
        var head = MessageHead(.request)
        for bytes in [
            wire("\r\nPOST /long HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"), wire("\r\nGET / HTTP/1.1\r\nVia: a\r\n\r\n"),
        ] {
            head.reset()
            let isEmpty = head.isEmpty
            #expect(isEmpty)
            let (progress, taken) = try unsafe head.take(bytes.count, from: bytes.span.bytes)
            #expect(progress == .complete && taken == bytes.count)
        }
        let (target, version, count) = (head.text(head.target), head.minorVersion, head.fields.count)
        #expect(target == "/" && version == 1 && count == 1)
        let (host, repeated) = (head.position(of: .host), head.repeated)
        #expect(host == nil && repeated == FieldSet(rawValue: 0))
    }

    @Test func `what follows a leading empty line belongs to the body, byte for byte`() {
        let head = "\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"
        for cutting in [Cutting.whole, .bytes, .once(1), .once(2), .once(3)] {
            let reading = HeadReading(wire(head + "hello"), as: .request, cut: cutting)
            #expect(reading.taken == head.unicodeScalars.count, "\(cutting)")
        }
    }

    private func lengthOfHead(_ bytes: [UInt8], from start: Int) -> Int {
        var end = start + 4
        while end < bytes.count, !bytes[(end - 4)..<end].elementsEqual([13, 10, 13, 10]) { end += 1 }
        return end
    }
}
