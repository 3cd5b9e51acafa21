import ConflictEngine
import Testing

struct ConflictMessageTemplateTests {
    private let values = ConflictMessageTemplate.Values(
        resource: "/orders/42",
        yourVersion: "\"v1\"",
        currentVersion: "\"v2\"",
        consumer: "alice",
        upstreamDetail: "taken {{resource}}",
    )

    @Test func `every hole is filled`() {
        let template = ConflictMessageTemplate(
            "{{consumer}}: {{resource}} is {{current_version}}, not {{your_version}} ({{ upstream.detail }})"
        )
        #expect(template.filled(with: values) == "alice: /orders/42 is \"v2\", not \"v1\" (taken {{resource}})")
        #expect(template.unknownHoles.isEmpty)
    }

    @Test func `what is not known is called so`() {
        let template = ConflictMessageTemplate("{{resource}} by {{consumer}}")
        #expect(template.filled(with: .init()) == "unknown by unknown")
    }

    @Test func `unknown names stay as they are and are reported`() {
        let template = ConflictMessageTemplate("{{resource}} {{secret}} {{ }}")
        #expect(template.filled(with: values) == "/orders/42 {{secret}} {{ }}")
        #expect(template.unknownHoles == ["secret", " "])
    }

    @Test(arguments: ["", "{{", "}}", "{{resource", "resource}}", "{ {resource}}", "{{{{", "a{{}}b"])
    func `odd braces are ordinary text`(source: String) {
        #expect(ConflictMessageTemplate(source).filled(with: values) == source)
    }
}
