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
        let catalog = try ModelCatalog(configuration, compiler, memory: shared.memory)
        var mounted: [ServiceName: MountedService] = [:]
        for service in services {
            guard let options = service.llm else { continue }
            guard !catalog.providers.isEmpty else {
                throw CompileFault("service \(service.name) has llm, but no providers are configured")
            }
            let handler = try ModelService(service, options, catalog, shared)
            let prompts = handler.prompts.values.sorted { $0.name < $1.name }.flatMap(\.routes)
            mounted[service.name] = MountedService(
                routes: SurfaceRoutes.routes(of: options, policies: service.policies) + prompts,
                handler: handler,
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
}
