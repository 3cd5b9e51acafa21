import Catalog

/// A path without the names of its parameters: two patterns of equal shape are equally specific.
struct PathShape: Hashable {
    /// A segment without name.
    enum Segment: Hashable {
        case literal([UInt8])
        case parameter
        case tail
    }

    /// The segments.
    let segments: [Segment]

    /// The shape of `pattern`.
    init(_ pattern: PathPattern) {
        segments = pattern.segments.map { segment in
            switch segment {
            case .literal(let bytes): .literal(bytes)
            case .parameter: .parameter
            case .tail: .tail
            }
        }
    }

    /// The shape of the path of `template`, without its query; a segment with any hole counts as a parameter.
    ///
    /// A hole that `pattern` fills with a tail is a tail.
    init(pathOf template: Template, pattern: PathPattern) {
        var growth = Growth()
        parts: for part in template.parts {
            switch part {
            case .literal(let bytes):
                growth.append(bytes.prefix { $0 != UInt8(ascii: "?") })
                if bytes.contains(UInt8(ascii: "?")) { break parts }
            case .parameter(let index): growth.appendHole(Self.takesRest(index, of: pattern) ? .tail : .parameter)
            case .query: growth.appendHole(.parameter)
            }
        }
        // What stands before the first slash is empty.
        segments = Array((growth.finished + [growth.current]).dropFirst())
    }

    /// Whether every path of shape `other` has this shape too.
    func covers(_ other: PathShape) -> Bool {
        for (index, segment) in segments.enumerated() {
            if segment == .tail { return true }
            guard index < other.segments.count else { return false }
            switch (segment, other.segments[index]) {
            case (.literal(let mine), .literal(let theirs)):
                if mine != theirs { return false }
            case (.parameter, .literal(let theirs)):
                if theirs.isEmpty { return false }
            case (.parameter, .parameter): break
            default: return false
            }
        }
        return segments.count == other.segments.count
    }

    private static func takesRest(_ index: Int, of pattern: PathPattern) -> Bool {
        let names = pattern.segments.filter { if case .literal = $0 { false } else { true } }
        guard names.indices.contains(index), case .tail = names[index] else { return false }
        return true
    }

    /// A path that is put together piece by piece.
    private struct Growth {
        /// The segments before the last slash.
        var finished: [Segment] = []
        /// What stands behind it.
        var current = Segment.literal([])

        mutating func append(_ bytes: ArraySlice<UInt8>) {
            for (index, piece) in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .enumerated()
            {
                if index > 0 {
                    finished.append(current)
                    current = .literal([])
                }
                if case .literal(let before) = current { current = .literal(before + piece) }
            }
        }

        mutating func appendHole(_ hole: Segment) { current = hole }
    }
}
