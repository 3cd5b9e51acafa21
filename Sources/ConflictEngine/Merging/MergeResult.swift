package import HTTPSemantics

/// What became of a merge.
package enum MergeResult: Sendable, Equatable {
    /// All changes of both sides fit together in this document.
    case merged(JSONValue, MergeOrigins)
    /// Some do not; the preview holds theirs at these places and must not be written.
    case conflicting([MergeConflict], preview: JSONValue, MergeOrigins)

    /// The merged document, or the preview.
    package var value: JSONValue {
        switch self {
        case .merged(let value, _), .conflicting(_, let value, _): value
        }
    }

    /// The conflicts; none if all was merged.
    package var conflicts: [MergeConflict] {
        switch self {
        case .merged: []
        case .conflicting(let conflicts, _, _): conflicts
        }
    }

    /// Where the changes come from.
    package var origins: MergeOrigins {
        switch self {
        case .merged(_, let origins), .conflicting(_, _, let origins): origins
        }
    }
}
