package import Catalog

extension RouteTable {
    /// A route as the table needs it.
    package struct Entry: Sendable, Equatable {
        /// The caller's number for the route; handed back by a match.
        package var index: Int
        /// The paths it takes.
        package var pattern: PathPattern
        /// The methods it takes, upper case; `nil` takes all.
        package var methods: [String]?
        /// The hosts it takes; empty takes all.
        package var hosts: [HostPattern]

        /// A route called `index` by the caller.
        package init(index: Int, pattern: PathPattern, methods: [String]? = nil, hosts: [HostPattern] = []) {
            self.index = index
            self.pattern = pattern
            self.methods = methods
            self.hosts = hosts
        }

        /// What makes it impossible to compile, if anything does.
        var finding: RouteFinding? {
            let segments = pattern.segments
            if segments.isEmpty { return .emptyPattern(index: index) }
            if segments.count > RouteTable.segmentLimit {
                return .tooManySegments(index: index, count: segments.count)
            }
            let captures = pattern.parameterNames.count
            if captures > PathCaptures.capacity { return .tooManyCaptures(index: index, count: captures) }
            let tails = segments.dropLast().contains { if case .tail = $0 { true } else { false } }
            return tails ? .tailNotLast(index: index) : nil
        }
    }
}
