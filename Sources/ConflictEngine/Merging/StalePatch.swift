/// A patch of either sort that was made for a version which is no longer current.
package enum StalePatch: Sendable, Equatable {
    /// A JSON Patch (RFC 6902).
    case operations(JSONPatch)
    /// A JSON Merge Patch (RFC 7396).
    case merge(JSONMergePatch)
}
