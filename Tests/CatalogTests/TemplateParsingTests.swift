import Catalog
import Testing

@Suite struct TemplateParsingTests {
    private func pattern() throws -> PathPattern { try PathPattern(parsing: "/a/{x}/{y}/{rest...}") }

    @Test func `holes take parameters by their place and query values by name`() throws {
        let template = try Template(parsing: "/b/{y}-{x}?q={query.q}&r={rest...}{rest}", pattern: pattern())
        #expect(
            template.parts == [
                .literal(Array("/b/".utf8)), .parameter(1), .literal(Array("-".utf8)), .parameter(0),
                .literal(Array("?q=".utf8)), .query("q"), .literal(Array("&r=".utf8)), .parameter(2), .parameter(2),
            ]
        )
        #expect(template.source == "/b/{y}-{x}?q={query.q}&r={rest...}{rest}")
        #expect(template.queryNames == ["q"])
    }

    @Test(arguments: ["{", "}", "{x", "x}", "{}", "{z}", "{X}", "{query.}", "{query.a b}", "{{x}}", "{query}"])
    func `holes that nothing fills are refused`(text: String) throws {
        let pattern = try pattern()
        #expect(throws: TextFault.self) { try Template(parsing: text, pattern: pattern) }
    }

    @Test func `the default template fills the path in`() throws {
        let filled = Template(filling: try pattern())
        #expect(
            filled.parts == [
                .literal(Array("/a/".utf8)), .parameter(0), .literal(Array("/".utf8)), .parameter(1),
                .literal(Array("/".utf8)), .parameter(2),
            ]
        )
        #expect(Template(filling: try PathPattern(parsing: "/")).parts == [.literal(Array("/".utf8))])
        #expect(Template(filling: try PathPattern(parsing: "/{x}/b/")).parts.last == .literal(Array("/b/".utf8)))
    }

    @Test func `what fills a path in is what an operator would write for it`() throws {
        let pattern = try PathPattern(parsing: "/a/{x}/b")
        #expect(try Template(parsing: "/a/{x}/b", pattern: pattern).parts == Template(filling: pattern).parts)
    }
}
