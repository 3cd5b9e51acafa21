package import Catalog
package import DataPlane

/// Makes the services of language models of a configuration.
package struct ModelMounting: ServiceMounting {
    private let shared: ModelShared

    /// Makes services that share `shared` across reloads.
    package init(_ shared: ModelShared) { self.shared = shared }

    package func services(
        of configuration: Configuration,
        _ compiler: UpstreamCompiler
    ) throws(CompileFault) -> [ServiceName: MountedService] {
        let services = configuration.services.filter { $0.llm != nil }
        guard !services.isEmpty else { return [:] }
        try refuseWhatIsMissing(services)
        let catalog = try ModelCatalog(configuration, compiler, memory: shared.memory)
        var mounted: [ServiceName: MountedService] = [:]
        for service in services {
            guard let options = service.llm else { continue }
            guard !catalog.providers.isEmpty else {
                throw CompileFault("service \(service.name) has llm, but no providers are configured")
            }
            mounted[service.name] = MountedService(
                routes: SurfaceRoutes.routes(of: options, policies: service.policies),
                handler: ModelService(options, catalog, shared),
                upstream: compiler.gather(catalog.providers.map(\.target), as: service.name.text)
            )
        }
        return mounted
    }

    package func runs(_ handlers: [any ServiceHandler]) {
        let catalog = handlers.lazy.compactMap { ($0 as? ModelService)?.catalog }.first
        catalog?.keepKeys(in: shared.memory)
        shared.runs(catalog)
    }

    /// What the configuration can say already and no call would obey: better no start than a false promise.
    private func refuseWhatIsMissing(_ services: [Service]) throws(CompileFault) {
        for service in services {
            guard let options = service.llm else { continue }
            let missing: String? =
                if options.cache != nil {
                    "llm.cache"
                } else if !options.guards.isEmpty {
                    "llm.guards"
                } else if options.maxOutput != nil {
                    "llm.max-output"
                } else if !service.routes.isEmpty {
                    "the policy prompt"
                } else if service.policies.conflict?.idempotency != nil {
                    "conflict.idempotency on language models"
                } else {
                    nil
                }
            if let missing {
                throw CompileFault("service \(service.name): \(missing) is not available in this version; leave it out")
            }
        }
    }
}
