extension Snapshot {
    /// What would become of a request under this configuration: the same tables and plans answer as for real ones.
    ///
    /// What only the moment decides (limits used up, health, versions, turns) is named but not foretold.
    package func explain(_ request: ExplainedRequest) -> RequestExplanation {
        var walk = ExplanationWalk(request, under: self)
        walk.go()
        return walk.explanation
    }
}
