import Demonstration
import HTTPSemantics
import Testing

struct ExcerptTests {
    @Test func `takes the members that are wanted and there, in the order asked for`() {
        let document: JSONValue = ["status": 412, "title": "x", "kind": "stale-version"]
        #expect(
            Excerpt.text(of: document, members: ["kind", "absent", "status"])
                == "{\n  \"kind\": \"stale-version\",\n  \"status\": 412\n}"
        )
    }

    @Test func `gives each object of an array a line of its own`() {
        let document: JSONValue = ["changed": [["pointer": "/a"], ["pointer": "/b"]], "overlap": ["/a"]]
        #expect(
            Excerpt.text(of: document, members: ["changed", "overlap"])
                == "{\n  \"changed\": [\n    {\"pointer\":\"/a\"},\n    {\"pointer\":\"/b\"}\n  ],\n  \"overlap\": [\"/a\"]\n}"
        )
    }

    @Test func `says so where there is no object`() {
        #expect(Excerpt.text(of: nil, members: ["kind"]) == "(no JSON object)")
    }
}
