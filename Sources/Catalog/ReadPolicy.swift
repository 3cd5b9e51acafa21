/// How reads are answered without the upstream, where the gateway is the authority over versions.
package struct ReadPolicy: Sendable, Equatable {
    /// How old a representation may be that is given out without asking the upstream.
    package var fresh: Duration = .zero
    /// Whether the same read by the same caller, while one is under way, waits for its answer.
    package var coalesce = false

    /// Every read asks the upstream.
    package init() {}
}
