/// The paths a route takes: literal segments, `{name}` for one segment, a final `{name...}` for the rest.
package struct PathPattern: Sendable, Hashable {
    /// One part between slashes.
    package enum Segment: Sendable, Hashable {
        /// Exactly these bytes, in normal form.
        case literal([UInt8])
        /// Any one segment that is not empty.
        case parameter(String)
        /// Everything that remains, which may be nothing and may hold slashes. Only last.
        case tail(String)
    }

    /// The parts in order; `/` alone is one empty literal.
    package var segments: [Segment]
    /// The pattern as the operator wrote it.
    package var source: String

    /// Puts parsed parts together.
    package init(segments: [Segment], source: String) {
        self.segments = segments
        self.source = source
    }

    /// The names captured, in order.
    package var parameterNames: [String] {
        segments.compactMap { segment in
            switch segment {
            case .literal: nil
            case .parameter(let name), .tail(let name): name
            }
        }
    }
}
