package import Catalog

/// Reads configurations from YAML and finds everything that is wrong with them at once.
package struct ConfigurationReader: Sendable {
    /// What came of reading a file.
    package struct Outcome: Sendable {
        /// The configuration; `nil` if any finding is an error.
        package var configuration: Configuration?
        /// Everything found, in the order of the file.
        package var findings: [Finding]
    }

    /// The kinds of conflicts of the contract's section 4.
    package static let contractKinds: Set<String> = [
        "stale-version", "stale-version-implicit", "precondition-missing", "already-exists", "duplicate-in-flight",
        "key-reused", "outcome-unknown", "locked", "contended", "lost-update", "out-of-band-write", "state",
        "field-ownership", "edit", "parent-missing", "offset", "uniqueness", "referential", "suspected-block",
        "unversioned", "unspecified",
    ]

    private let knownKinds: Set<String>
    private let checksFiles: Bool

    /// A reader that knows `knownKinds` of conflicts and, if `checkFiles`, looks whether named files can be read.
    package init(knownKinds: Set<String> = Self.contractKinds, checkFiles: Bool = false) {
        self.knownKinds = knownKinds
        checksFiles = checkFiles
    }

    /// Reads `text`; `file` is its name for findings, `environment` fills `${NAME}`.
    package func read(text: String, file: String, environment: [String: String]) -> Outcome {
        var findings = Findings(file: file)
        guard let written = YAMLText.compose(text, into: &findings) else {
            return Outcome(configuration: nil, findings: findings.inOrder)
        }
        let root = EnvironmentSubstitution(environment: environment).applied(to: written, into: &findings)
        var schema = SchemaCheck(findings: findings)
        schema.check(root, is: .section(.file), path: "", at: .start)
        findings = schema.findings
        var configuration = configuration(from: root, into: &findings)
        if checksFiles {
            let files = NamedFiles(of: file)
            FileCheck(files: files).check(root, into: &findings)
            files.resolve(in: &configuration)
        }
        return Outcome(configuration: findings.hasErrors ? nil : configuration, findings: findings.inOrder)
    }

    private func configuration(from root: Piece, into findings: inout Findings) -> Configuration {
        let surroundings = Surroundings(root: root, kinds: knownKinds)
        var consumers = ConsumerPart()
        var configuration = Configuration(gateway: GatewayPart.options(from: root["gateway"]))
        for member in root["upstreams"]?.members ?? [] {
            guard let upstream = UpstreamPart(member: member).upstream(into: &findings) else { continue }
            configuration.upstreams.append(upstream)
        }
        configuration.consumers = consumers.consumers(from: root["consumers"], into: &findings)
        var routes: [WrittenRoute] = []
        for member in root["services"]?.members ?? [] {
            let part = ServicePart(member: member, surroundings: surroundings)
            let written = part.routes(into: &findings)
            ReadingRouteCheck(routes: written).check(into: &findings)
            LookupRouteCheck(routes: written).check(into: &findings)
            routes += written
            guard let name = ServiceName(member.name), let text = member.value.text("upstream"),
                let upstream = UpstreamName(text)
            else { continue }
            configuration.services.append(Service(name: name, upstream: upstream, routes: written.map(\.route)))
        }
        var overlaps = OverlapCheck()
        overlaps.check(routes, into: &findings)
        IdentityCheck().check(routes, into: &findings)
        if !findings.hasErrors { warnAboutUnused(root, into: &findings) }
        return configuration
    }

    private func warnAboutUnused(_ root: Piece, into findings: inout Findings) {
        let services = root["services"]?.members ?? []
        if services.isEmpty {
            findings.warning("no services are defined, so every request gets a 404", at: .start)
        }
        let used = Set(services.compactMap { $0.value.text("upstream") })
        for upstream in root["upstreams"]?.members ?? [] where !used.contains(upstream.name) {
            findings.warning("no service uses the upstream '\(upstream.name.shortened)'", at: upstream.position)
        }
    }
}
