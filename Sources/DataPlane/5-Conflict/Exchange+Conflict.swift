import Catalog
import ConflictEngine
import HTTPWire

extension Exchange {
    /// Decides what the route's conflict level asks for before the request goes upstream.
    func settle() -> Verdict {
        guard let conflict = plan?.conflict else {
            wantsTunnel = asksForTunnel()
            return .proceed
        }
        if conflict.isSerialise { return beginVersioning(conflict) }
        wantsTunnel = asksForTunnel()
        return .proceed
    }

    /// What is being changed, in normal form.
    var resourcePath: [UInt8] {
        guard let template = plan?.conflict?.policy.resource else { return path }
        return fill(template)
    }

    /// The identity of what is being changed.
    var identity: ResourceIdentity {
        ResourceIdentity(upstream: plan?.upstream.name ?? "", path: resourcePath)
    }
}
