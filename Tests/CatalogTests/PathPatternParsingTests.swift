import Catalog
import Testing

@Suite struct PathPatternParsingTests {
    @Test(arguments: [
        ("/", [PathPattern.Segment.literal([])]),
        ("/items", [.literal(Array("items".utf8))]),
        ("/items/", [.literal(Array("items".utf8)), .literal([])]),
        ("/items/{id}", [.literal(Array("items".utf8)), .parameter("id")]),
        ("/{a}/x/{b...}", [.parameter("a"), .literal(Array("x".utf8)), .tail("b")]),
        ("/a%2Fb", [.literal(Array("a%2Fb".utf8))]),
    ])
    func `a path is its segments`(text: String, segments: [PathPattern.Segment]) throws {
        let pattern = try PathPattern(parsing: text)
        #expect(pattern.segments == segments)
        #expect(pattern.source == text)
    }

    @Test(arguments: [
        "", "items", "/{", "/}", "/{}", "/{...}", "/{1}", "/{a.b}", "/{a}{b}", "/x{a}", "/{a}/{a}", "/{a...}/b",
        "/a//b",
        "/{query.x}", "/a/../b", "/%61", "/{é}",
    ])
    func `what cannot match is refused`(text: String) {
        #expect(throws: TextFault.self) { try PathPattern(parsing: text) }
    }

    @Test func `names are those captured, in order`() throws {
        #expect(try PathPattern(parsing: "/{b}/x/{a}/{rest...}").parameterNames == ["b", "a", "rest"])
    }
}
