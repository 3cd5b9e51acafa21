import Catalog
import HTTPSemantics
import RouteMatching

extension Template {
    /// The template with the parameters that were captured in `path`, and `value`, escaped, in the hole behind them.
    func filled(path: [UInt8], captures: PathCaptures, value: String?) -> [UInt8] {
        parts.flatMap { part -> [UInt8] in
            switch part {
            case .literal(let bytes): return bytes
            case .parameter(let index):
                if let range = captures[index], range.upperBound <= path.count { return Array(path[range]) }
                return value.map { PercentEncoding.component(Array($0.utf8)) } ?? []
            case .query: return []
            }
        }
    }

    /// The template with the parameters that were captured in `path`, and the values of `query`, filled in; holes that
    /// nothing fills stay empty.
    func filled(path: [UInt8], captures: PathCaptures, query: @autoclosure () -> [UInt8]?) -> [UInt8] {
        var output: [UInt8] = []
        for part in parts {
            switch part {
            case .literal(let bytes): output += bytes
            case .parameter(let index):
                if let range = captures[index], range.upperBound <= path.count { output += path[range] }
            case .query(let name):
                if let query = query() { output += QueryString.value(of: Array(name.utf8), in: query) ?? [] }
            }
        }
        return output
    }
}
