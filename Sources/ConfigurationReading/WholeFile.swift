import Catalog

/// Makes a configuration of a file's pieces, and compares its parts with each other.
struct WholeFile {
    private let root: Piece
    private let prices: PriceList
    private let surroundings: Surroundings

    /// A file whose pieces have been compared with the schema.
    init(
        root: Piece,
        prices: PriceList,
        kinds: Set<String>,
        checkRegex: @escaping @Sendable (String) throws(TextFault) -> Void
    ) {
        self.root = root
        self.prices = prices
        surroundings = Surroundings(root: root, kinds: kinds, checkRegex: checkRegex)
    }

    /// The configuration; what is unusable is left out of it, which then is a finding.
    func configuration(into findings: inout Findings) -> Configuration {
        var configuration = Configuration(gateway: GatewayPart.options(from: root["gateway"]))
        for member in root["upstreams"]?.members ?? [] {
            guard let upstream = UpstreamPart(member: member).upstream(into: &findings) else { continue }
            configuration.upstreams.append(upstream)
        }
        addModels(to: &configuration, into: &findings)
        var consumers = ConsumerPart(surroundings: surroundings)
        configuration.consumers = consumers.consumers(from: root["consumers"], into: &findings)
        configuration.groups = groups(into: &findings)
        addServices(to: &configuration, into: &findings)
        BudgetCheck(configuration, root: root).check(into: &findings)
        if !findings.hasErrors { UnusedCheck(root: root, configuration: configuration).check(into: &findings) }
        return configuration
    }

    private func addModels(to configuration: inout Configuration, into findings: inout Findings) {
        configuration.priceList = root.text("prices")
        configuration.providers = (root["providers"]?.members ?? []).compactMap {
            ProviderPart(member: $0).provider(into: &findings)
        }
        let providers = Dictionary(configuration.providers.map { ($0.name.text, $0) }) { first, _ in first }
        let part = ModelPart(providers: providers, list: prices, surroundings: surroundings)
        let members = root["models"]?.members ?? []
        configuration.models = members.compactMap { part.model($0, into: &findings) }
        FallbackCheck(models: members).check(into: &findings)
    }

    private func groups(into findings: inout Findings) -> [ConsumerGroup] {
        (root["groups"]?.members ?? []).map { member in
            let part = AllowancePart(of: member, in: "groups", surroundings: surroundings, into: &findings)
            return ConsumerGroup(name: member.name, models: part.models, budget: part.budget, tokens: part.tokens)
        }
    }

    private func addServices(to configuration: inout Configuration, into findings: inout Findings) {
        var routes: [WrittenRoute] = []
        var mounts: [MountCheck.Mount] = []
        for member in root["services"]?.members ?? [] {
            let part = ServicePart(member: member, surroundings: surroundings)
            let written = part.routes(into: &findings)
            ReadingRouteCheck(routes: written).check(into: &findings)
            LookupRouteCheck(routes: written).check(into: &findings)
            routes += written
            guard let service = part.service(routes: written.map(\.route), into: &findings) else { continue }
            configuration.services.append(service)
            guard let options = service.llm, let position = member.value.member("llm")?.position else { continue }
            if lacksProviders {
                findings.error(
                    "the service '\(member.name)' calls language models, and the file has no 'providers'",
                    hint: "add 'providers' and 'models'",
                    at: position
                )
            }
            mounts.append(MountCheck.Mount(service: member.name, options: options, position: position))
        }
        let mounted = MountCheck().check(mounts, into: &findings)
        var overlaps = OverlapCheck()
        // In the order of the file, so that the later of two is the one that is reported.
        let all = routes + mounted + routes.compactMap(MountCheck.description)
        overlaps.check(mounted.isEmpty ? all : all.sorted { $0.pathPosition < $1.pathPosition }, into: &findings)
        IdentityCheck().check(routes, into: &findings)
        BypassCheck(routes).check(into: &findings)
    }

    /// Whether there is nobody to call; what is written wrongly was reported by the schema.
    private var lacksProviders: Bool {
        guard let written = root["providers"] else { return true }
        if case .section = written.content { return written.members.isEmpty }
        return false
    }
}
