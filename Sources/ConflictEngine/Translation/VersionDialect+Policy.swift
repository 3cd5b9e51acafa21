package import Catalog
import HTTPSemantics

extension VersionDialect {
    /// The dialect that a configuration gives; `nil` for pointers that are none, which was reported where it was read.
    package init?(_ policy: DialectPolicy) {
        switch policy {
        case .couchdb: self = .couchDB
        case .elasticsearch: self = .elasticsearch
        case .kubernetes: self = .kubernetes
        case .anywhere(let version, let send):
            guard let place = JSONPointer(version), let carrier = Carrier(send) else { return nil }
            self = .anywhere(version: place, carrier: carrier)
        }
    }
}

extension VersionDialect.Carrier {
    fileprivate init?(_ carrier: DialectPolicy.Carrier) {
        switch carrier {
        case .query(let name): self = .query(name)
        case .header(let name): self = .header(name)
        case .pointer(let text):
            guard let pointer = JSONPointer(text) else { return nil }
            self = .body(pointer)
        }
    }
}
