/// What the policy `compress` of a route says.
package struct CompressionRules: Sendable, Equatable {
    /// The codings offered, the one liked best first.
    package let codings: [AnswerCoding]
    /// The shortest content worth coding, in bytes; only asked where the length is known beforehand.
    package let minimumLength: Int

    /// The rules with these values; where nothing is said, 1 KiB is the shortest.
    package init(codings: [AnswerCoding] = [.zstd, .br, .gzip], minimumLength: Int = 1024) {
        self.codings = codings
        self.minimumLength = minimumLength
    }
}
