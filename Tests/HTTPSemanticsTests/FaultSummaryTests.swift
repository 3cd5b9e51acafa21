import HTTPSemantics
import Testing

struct FaultSummaryTests {
    @Test(arguments: [
        (PathFault.notAbsolute, "start with /"), (.climbsAboveRoot, ".."), (.invalidEscape, "%25"),
        (.escapedNul, "%00"), (.forbiddenByte(0x5C), "0x5C"),
    ])
    func `a path fault names the culprit`(fault: PathFault, culprit: String) {
        #expect(fault.summary.contains(culprit))
    }

    @Test(arguments: [
        ("[1", "At byte 2: the JSON text ends early."), ("[x", "At byte 1: something that is not JSON."),
        ("1 2", "At byte 2: something follows the JSON value."), ("[01]", "At byte 1: a malformed number."),
        (#""\x""#, "At byte 1: a malformed escape in a string."),
        ("\"\n\"", "At byte 1: a control character in a string that must be escaped."),
    ])
    func `a JSON fault says where and what`(json: String, summary: String) {
        let fault = #expect(throws: JSONFault.self) { try JSONParser.parse(bytes(json)) }
        #expect(fault?.summary == summary)
    }

    @Test func `nesting and encoding have words of their own`() {
        let deep = #expect(throws: JSONFault.self) { try JSONParser.parse(bytes("[[1]]"), maximumDepth: 1) }
        #expect(deep?.summary == "At byte 1: arrays or objects are nested too deeply.")
        let binary = #expect(throws: JSONFault.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
        #expect(binary?.summary == "At byte 1: a string that is not UTF-8.")
    }

    @Test(arguments: [
        (MalformedCondition.Reason.noTags, "If-Match is empty"), (.starNotAlone, "If-Match mixes *"),
        (.notATag, "If-Match holds something that is not an entity tag"),
    ])
    func `a malformed condition names its field`(reason: MalformedCondition.Reason, start: String) {
        #expect(MalformedCondition(field: "If-Match", reason: reason).summary.hasPrefix(start))
    }

    @Test func `equal numbers hash alike and convert to the nearest binary one`() throws {
        guard case .number(let long) = try JSONParser.parse(bytes("12.50e1")),
            case .number(let short) = try JSONParser.parse(bytes("125"))
        else {
            Issue.record("numbers were not read as numbers")
            return
        }
        #expect(Set([long, short]).count == 1)
        #expect(long.double == 125)
    }
}
