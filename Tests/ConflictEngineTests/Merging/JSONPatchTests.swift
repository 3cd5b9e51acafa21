import ConflictEngine
import HTTPSemantics
import Testing

struct JSONPatchTests {
    /// Applies a patch that is written as text.
    private func patched(_ document: String, _ patch: String) throws -> JSONValue {
        try JSONPatch(try json(patch)).apply(to: try json(document))
    }

    @Test(arguments: PatchCases.fitting)
    func `a patch that fits does what it says`(_ example: PatchExample) throws {
        #expect(try patched(example.document, example.patch).text == example.result)
    }

    @Test(arguments: PatchCases.unfitting)
    func `a patch that does not fit changes nothing and says why`(_ example: UnfittingPatch) throws {
        let fault = #expect(throws: JSONPatchFault.self) { try patched(example.document, example.patch) }
        #expect(fault?.reason == example.reason)
        #expect(fault?.verdict == example.verdict)
        #expect(fault?.operation == example.operation)
        #expect(fault?.pointer != nil)
    }

    @Test(arguments: PatchCases.malformed)
    func `what is no patch is refused, and the operation named`(_ example: MalformedPatch) throws {
        let fault = #expect(throws: JSONPatchFault.self) { try JSONPatch(try json(example.patch)) }
        #expect(fault?.reason == example.reason)
        #expect(fault?.verdict == .malformed)
        #expect(fault?.operation == example.operation)
        #expect(fault?.summary.hasSuffix(".") == true)
    }

    @Test func `a fault names the place`() throws {
        let fault = #expect(throws: JSONPatchFault.self) {
            try patched(#"{"a":1}"#, #"[{"op":"test","path":"/a","value":1},{"op":"remove","path":"/b/c"}]"#)
        }
        #expect(fault?.summary == "Operation 1 (/b/c): there is no such place.")
        let whole = #expect(throws: JSONPatchFault.self) { try patched("1", #"[{"op":"test","path":"","value":2}]"#) }
        #expect(whole?.summary == "Operation 0 (the whole document): another value is there.")
    }

    @Test(arguments: [
        (#"[{"op":"test","path":"/a","value":{"b":1}}]"#, ["/a"], []),
        (#"[{"op":"replace","path":"/a/b","value":1}]"#, [], ["/a/b"]),
        (#"[{"op":"add","path":"/n","value":1},{"op":"remove","path":"/a"}]"#, [], ["/n", "/a"]),
        (#"[{"op":"copy","from":"/a","path":"/n"}]"#, ["/a"], ["/n"]),
        (#"[{"op":"move","from":"/a","path":"/n"}]"#, [], ["/a", "/n"]),
        (#"[{"op":"move","from":"/a","path":"/a"}]"#, ["/a"], []),
        (#"[{"op":"add","path":"/l/1","value":1}]"#, [], ["/l"]),
        (#"[{"op":"add","path":"/l/-","value":1}]"#, [], ["/l"]),
        (#"[{"op":"remove","path":"/l/0"}]"#, [], ["/l"]),
        (#"[{"op":"replace","path":"/l/0","value":5}]"#, [], ["/l/0"]),
        (#"[{"op":"move","from":"/l/0","path":"/n"}]"#, [], ["/l", "/n"]),
        (
            #"[{"op":"test","path":"/l/0","value":1},{"op":"remove","path":"/l/0"},{"op":"test","path":"/l/0","value":{"x":2}},{"op":"replace","path":"/l/0/x","value":3}]"#,
            ["/l/0", "/l"], ["/l", "/l"]
        ),
        (#"[{"op":"add","path":"","value":1}]"#, [], [""]), ("[]", [], []),
    ])
    func `a run tells what it reads and writes`(patch: String, reads: [String], writes: [String]) throws {
        let run = try JSONPatch(try json(patch)).run(on: try json(#"{"a":{"b":1},"l":[1,{"x":2},3]}"#))
        #expect(run.reads.map(\.text) == reads)
        #expect(run.writes.map(\.text) == writes)
    }
}
