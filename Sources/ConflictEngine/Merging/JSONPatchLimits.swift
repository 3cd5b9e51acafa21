/// How far a JSON Patch may go.
///
/// A few `copy` operations double a document with each step, in size or in depth.
package struct JSONPatchLimits: Sendable, Equatable {
    /// The size beyond which no operation may make the document grow, in bytes of JSON, by estimate.
    package let bytes: Int
    /// How deep arrays and objects may nest where something was added.
    package let depth: Int
    /// What all operations may cost together, in values looked at or moved.
    package let work: Int

    /// Limits; by default 16 MiB, the depth that the parser reads, and about a quarter of a second.
    package init(bytes: Int = 16 << 20, depth: Int = 256, work: Int = 16_000_000) {
        self.bytes = bytes
        self.depth = depth
        self.work = work
    }
}
