import ConfigurationReading
import Testing

@Suite struct ConfigurationReferenceTests {
    @Test func `the defaults on the page are those of the program`() throws {
        let silent = ConfigurationReference.sample(writingDefaults: false)
        let spoken = ConfigurationReference.sample(writingDefaults: true)
        let reader = ConfigurationReader()
        let expected = reader.read(text: silent, file: "silent", environment: [:])
        let actual = reader.read(text: spoken, file: "spoken", environment: [:])
        #expect(spoken.split(separator: "\n").count > silent.split(separator: "\n").count + 40)
        #expect(actual.configuration != nil, "\(actual.findings.map(\.rendered))")
        #expect(actual.configuration == expected.configuration)
    }

    @Test func `every example on the page is accepted`() {
        let examples = ConfigurationReference.examples()
        #expect(examples.count >= 10)
        for (section, yaml) in examples {
            let outcome = ConfigurationReader().read(
                text: Self.file(around: yaml, in: section),
                file: section,
                environment: [:]
            )
            #expect(outcome.configuration != nil, "\(section): \(outcome.findings.map(\.rendered))")
        }
    }

    @Test func `the page lists sections, keys, defaults and reserved keys`() {
        let page = ConfigurationReference.markdown()
        for part in [
            "## gateway.timeouts", "| `keep-alive` | duration, 10ms to 1d | `75s` |", "## policies.conflict",
            "**`targets`**", "Not available in this version: `prompt`", "[section](#upstreamsnamehealth)",
        ] {
            #expect(page.contains(part), "\(part)")
        }
    }

    /// A whole file that holds `yaml`, which stands in `section`.
    private static func file(around yaml: String, in section: String) -> String {
        let upstreams = "upstreams: { shop: { targets: [ { url: \"http://h\" } ] } }\n"
        guard section.hasPrefix("policies") else {
            return "parley: 1\n" + (section.hasPrefix("upstreams") ? "" : upstreams) + yaml
        }
        let auth = section == "policies.key-auth" ? "" : "          key-auth: {}\n"
        let lines = yaml.split(separator: "\n").map { "          " + $0 }.joined(separator: "\n")
        return "parley: 1\n" + upstreams + "services:\n  shop:\n    upstream: shop\n    routes:\n      a:\n"
            + "        path: /orders/{id}\n        policies:\n" + auth + lines + "\n"
            + "      b: { path: /users }\n      c: { path: /members }\n"
    }
}
