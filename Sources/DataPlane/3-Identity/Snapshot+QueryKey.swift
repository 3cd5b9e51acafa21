import AccessControl
import HTTPSemantics
import HTTPWire

extension Snapshot {
    /// The caller whose key stands in a query, where Google's clients may put it; for routes of services only, which pass
    /// the query's key to nobody.
    func consumer(byKeyIn query: [UInt8]) -> Int? {
        guard let written = QueryString.value(of: Array("key".utf8), in: query) else { return nil }
        let key = PercentEncoding.decoded(written)
        return keys.consumer(forKey: key.span)
    }
}
