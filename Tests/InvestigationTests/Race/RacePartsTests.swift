import HTTPSemantics
import Investigation
import Testing

/// The parts of a race.
@Suite struct RacePartsTests {
    private func json(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test(arguments: [
        (#"{"a":{"n":1},"b":2}"#, "/a/n", #"{"a":{"n":2},"b":2}"#),
        (#"{"a":[{"n":-1}]}"#, "/a/0/n", #"{"a":[{"n":0}]}"#),
        (#"{"n":""}"#, "/n", #"{"n":"race-m"}"#),
        (#"{"n":"x"}"#, "/n", #"{"n":"x race-m"}"#),
        (#"{"n":["x"]}"#, "/n", #"{"n":["x","race-m"]}"#),
        (#"[1]"#, "/0", #"[2]"#),
        (#"5"#, "", #"6"#),
    ])
    func `one field changes and nothing else`(_ before: String, _ pointer: String, _ after: String) throws {
        let pointer = try #require(JSONPointer(pointer))
        let change = try #require(FieldChange(of: json(before), at: pointer, form: .automatic, mark: "race-m"))
        #expect(String(decoding: JSONWriter.bytes(change.document), as: UTF8.self) == after)
    }

    @Test(arguments: [
        ("9223372036854775807", RaceSettings.ChangeForm.automatic), ("null", .automatic), ("{}", .automatic),
        ("1", .append), ("[]", .increment), ("1e400", .automatic),
    ])
    func `what cannot change does not`(_ text: String, _ form: RaceSettings.ChangeForm) throws {
        let change = FieldChange(of: try json(text), at: JSONPointer(tokens: []), form: form, mark: "race-m")
        #expect(change == nil)
    }

    @Test(arguments: [
        ("http://h/a", "http://h", "/a"), ("HTTPS://H:8443", "https://h:8443", "/"),
        ("http://h?x=1", "http://h", "/?x=1"),
        ("http://[::1]:80/a#f", "http://[::1]:80", "/a"),
    ])
    func `addresses are read`(_ text: String, _ origin: String, _ target: String) throws {
        let address = try RaceAddress(text)
        #expect(address.origin == origin)
        #expect(address.target == target)
    }

    @Test(arguments: ["", "h/a", "ftp://h/", "http://", "http://u:p@h/", "http://h/a b", "http:///a", "http://h\\a"])
    func `what is no address is refused`(_ text: String) {
        #expect(throws: RaceFault.self) { try RaceAddress(text) }
    }

    @Test(arguments: [
        "Name", ": v", "A B: c", "X: a\u{1}", "X: a\r\nY: b", "",
    ])
    func `what is no header field is refused`(_ line: String) {
        #expect(RaceField(line: line) == nil)
    }

    @Test func `a header field keeps its colons`() {
        #expect(RaceField(line: "X-Time:  10:00") == RaceField("X-Time", "10:00"))
    }

    @Test func `the default budget is enough for one success a round`() throws {
        let budget = RaceBudget(RaceSettings(), creates: true)
        #expect(budget.limit.writes == 80)
        #expect(budget.limit.reads == 82)
        #expect(budget.limit.creations == 1)
        #expect(budget.announcement.contains("at most 82 GETs and at most 80 writes"))
    }

    @Test func `the largest race is bounded`() {
        var settings = RaceSettings()
        (settings.writers, settings.writes) = (64, 1000)
        #expect(RaceBudget(settings, creates: false).limit.all <= 10_000)
    }

    @Test(arguments: [(0, 5), (65, 5), (4, 0), (4, 1001)])
    func `numbers out of range are refused`(_ writers: Int, _ writes: Int) {
        var settings = RaceSettings()
        (settings.writers, settings.writes) = (writers, writes)
        #expect(settings.complaint != nil)
    }

    @Test(arguments: ["n", "/a~2", "~"])
    func `a field that is no pointer is refused`(_ field: String) throws {
        var settings = RaceSettings()
        settings.field = field
        let wrong = settings
        #expect(throws: RaceFault.self) { try RacePlan(wrong, at: .existing(RaceAddress("http://h/"))) }
    }
}
