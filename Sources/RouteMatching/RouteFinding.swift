/// Why a route cannot be part of a table; `index` is the caller's route number.
package enum RouteFinding: Error, Sendable, Equatable, CustomStringConvertible {
    /// The pattern captures more than ``PathCaptures/capacity`` parameters.
    case tooManyCaptures(index: Int, count: Int)
    /// The pattern has more than ``RouteTable/segmentLimit`` segments.
    case tooManySegments(index: Int, count: Int)
    /// A tail stands before other segments.
    case tailNotLast(index: Int)
    /// The pattern has no segment at all.
    case emptyPattern(index: Int)

    /// The finding in words, without the route's name.
    package var description: String {
        switch self {
        case .tooManyCaptures(_, let count):
            "the path has \(count) parameters, at most \(PathCaptures.capacity) are possible; use fewer or a tail"
        case .tooManySegments(_, let count):
            "the path has \(count) segments, at most \(RouteTable.segmentLimit) are possible; end it with a tail"
        case .tailNotLast:
            "{name...} takes all that remains, so it must be the last segment of the path"
        case .emptyPattern:
            "the path is empty; write / for the root"
        }
    }
}
