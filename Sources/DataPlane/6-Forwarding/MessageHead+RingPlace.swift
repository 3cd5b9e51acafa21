import Catalog
import HTTPWire

extension MessageHead {
    /// Where the request stands on the ring of an upstream with `consistent-hash`; 0 without the field or cookie.
    func ringPlace(by key: Upstream.HashKey, client: [UInt8]) -> UInt64 {
        switch key {
        case .address: return StableHash.of(client.span)
        case .header(let name):
            let wanted = Array(name.lowercased().utf8)
            guard let line = fields.first(where: { names($0, wanted) }) else { return 0 }
            let value = copy(line.value)
            return StableHash.of(value.span)
        case .cookie(let name):
            let value = cookie(name)
            return StableHash.of(value.span)
        }
    }
}
