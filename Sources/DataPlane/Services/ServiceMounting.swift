package import Catalog

/// Makes the services that the gateway answers itself, each time a configuration is compiled.
package protocol ServiceMounting: Sendable {
    /// The services of a configuration by name; `compiler` turns what they call into plans that share the gateway's pools.
    /// - Throws: ``CompileFault`` with what an operator must mend.
    func services(
        of configuration: Configuration,
        _ compiler: UpstreamCompiler
    ) throws(CompileFault) -> [ServiceName: MountedService]

    /// Hears whose handlers answer from now on, once the whole configuration has been compiled.
    func runs(_ handlers: [any ServiceHandler])
}
