import FuzzTargets
import HTTPWire
import Testing

/// The limits of contract §3.1: the last size that passes, the first that does not, however the bytes are cut.
@Suite struct LimitTests {
    private static let cuttings: [Cutting] = [
        .whole, .bytes, .once(1000), .once(8193), .once(8194), .chance(1), .chance(2),
    ]

    private func requestLine(of length: Int) -> String {
        "GET /" + String(repeating: "a", count: length - 14) + " HTTP/1.1"
    }

    private func section(of length: Int) -> String {
        let lines = length / 1000 - 1
        let last = length - lines * 1000
        return (0..<lines).map { _ in field(of: 1000) }.joined() + field(of: last)
    }

    private func field(of length: Int) -> String {
        "A: " + String(repeating: "b", count: length - 5) + "\r\n"
    }

    @Test(arguments: cuttings)
    func `a request line may have 8 KiB and no byte more`(_ cutting: Cutting) {
        let longest = wire(requestLine(of: 8192) + "\r\n\r\n")
        #expect(HeadReading(longest, as: .request, cut: cutting).ending == .complete)
        #expect(HeadReading(wire("\r\n") + longest, as: .request, cut: cutting).ending == .complete)
        let longer = wire(requestLine(of: 8193) + "\r\n\r\n")
        #expect(HeadReading(longer, as: .request, cut: cutting).ending == .fault(.requestLineTooLong))
    }

    @Test(arguments: cuttings)
    func `a request line that never ends is refused, whatever is in it`(_ cutting: Cutting) {
        for byte in [UInt8(ascii: "a"), 0, 13, 32, 255] {
            let endless = [UInt8](repeating: byte, count: 8195)
            #expect(HeadReading(endless, as: .request, cut: cutting).ending == .fault(.requestLineTooLong))
            let reading = HeadReading(Array(endless.dropLast()), as: .request, cut: cutting)
            #expect(reading.ending == .needsMore)
        }
    }

    @Test(arguments: cuttings)
    func `a too long request line that ends in a bare LF is too long`(_ cutting: Cutting) {
        let line = wire(requestLine(of: 9000) + "\n\r\n")
        #expect(HeadReading(line, as: .request, cut: cutting).ending == .fault(.requestLineTooLong))
    }

    @Test(arguments: cuttings)
    func `a status line has the same limit`(_ cutting: Cutting) {
        let longest = "HTTP/1.1 200 " + String(repeating: "a", count: 8192 - 13)
        #expect(HeadReading(wire(longest + "\r\n\r\n"), as: .answer, cut: cutting).ending == .complete)
        let longer = HeadReading(wire(longest + "a\r\n\r\n"), as: .answer, cut: cutting)
        #expect(longer.ending == .fault(.headersTooLarge))
    }

    @Test(arguments: cuttings)
    func `a header section may have 32 KiB and no byte more`(_ cutting: Cutting) {
        let line = "GET / HTTP/1.1\r\n"
        let longest = HeadReading(wire(line + section(of: 32768) + "\r\n"), as: .request, cut: cutting)
        #expect(longest.ending == .complete)
        #expect(longest.taken == 16 + 32768 + 2)
        for length in [32769, 32770, 32771, 33000] {
            let reading = HeadReading(wire(line + section(of: length) + "\r\n"), as: .request, cut: cutting)
            #expect(reading.ending == .fault(.headersTooLarge), "\(length)")
        }
    }

    @Test(arguments: cuttings)
    func `one field may fill the whole section`(_ cutting: Cutting) {
        let line = requestLine(of: 8192) + "\r\n"
        let reading = HeadReading(wire(line + field(of: 32768) + "\r\n"), as: .request, cut: cutting)
        #expect(reading.ending == .complete)
        #expect(reading.fields.first?.value.count == 32768 - 5)
        #expect(reading.fields.map { Int($0.end) } == [8194 + 32768])
        let longer = HeadReading(wire(line + field(of: 32769) + "\r\n"), as: .request, cut: cutting)
        #expect(longer.ending == .fault(.headersTooLarge))
    }

    @Test(arguments: cuttings)
    func `a field that never ends is refused`(_ cutting: Cutting) {
        let endless = wire("GET / HTTP/1.1\r\nA: ") + [UInt8](repeating: 0, count: 33000)
        #expect(HeadReading(endless, as: .request, cut: cutting).ending == .fault(.headersTooLarge))
    }

    @Test(arguments: cuttings)
    func `a hundred fields pass and one more does not`(_ cutting: Cutting) {
        let line = "GET / HTTP/1.1\r\nHost: a\r\n"
        let hundred = line + String(repeating: "a:\r\n", count: 99)
        let reading = HeadReading(wire(hundred + "\r\n"), as: .request, cut: cutting)
        #expect(reading.ending == .complete)
        #expect(reading.fields.count == 100)
        let more = HeadReading(wire(hundred + "b:\r\n\r\n"), as: .request, cut: cutting)
        #expect(more.ending == .fault(.headersTooLarge))
        let answer = "HTTP/1.1 200 OK\r\n" + String(repeating: "a:\r\n", count: 101) + "\r\n"
        #expect(HeadReading(wire(answer), as: .answer, cut: cutting).ending == .fault(.headersTooLarge))
    }

    @Test func `a body of any length may follow a head in the same bytes`() {
        let head = wire("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let reading = HeadReading(head + [UInt8](repeating: 10, count: 200_000), as: .request)
        #expect(reading.ending == .complete)
        #expect(reading.taken == head.count)
    }
}
