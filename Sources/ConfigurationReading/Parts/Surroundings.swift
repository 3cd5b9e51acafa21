import Catalog

/// What a part of the file may refer to elsewhere.
struct Surroundings {
    /// The names of all upstreams, even of those that cannot be used.
    var upstreams: [String]
    /// The groups that have a consumer.
    var groups: Set<String>
    /// The groups that the file names without saying who is in them.
    var namedGroups: Set<String>
    /// Whether there are consumers at all.
    var hasConsumers: Bool
    /// The kinds of conflicts that messages and rules may name.
    var kinds: Set<String>
    /// The names of all providers of language models, even of those that cannot be used.
    var providers: Set<String>
    /// The names of all language models, even of those that cannot be used.
    var models: Set<String>
    /// The same in order, for suggestions.
    private let modelsInOrder: [String]
    /// Refuses regular expressions that cannot be used.
    var checkRegex: @Sendable (String) throws(TextFault) -> Void

    /// Collects the names that `root` defines.
    init(root: Piece, kinds: Set<String>, checkRegex: @escaping @Sendable (String) throws(TextFault) -> Void) {
        upstreams = (root["upstreams"]?.members ?? []).map(\.name)
        let consumers = root["consumers"]?.members ?? []
        groups = Set(consumers.flatMap { $0.value.texts("groups") ?? [] })
        namedGroups = Set((root["groups"]?.members ?? []).map(\.name))
        hasConsumers = !consumers.isEmpty
        self.kinds = kinds
        providers = Set((root["providers"]?.members ?? []).map(\.name))
        models = Set((root["models"]?.members ?? []).map(\.name))
        modelsInOrder = models.sorted()
        self.checkRegex = checkRegex
    }

    /// Adds a finding for each name in the list `piece` that is no model's; `path` is the list's name for messages.
    func checkModels(in piece: Piece?, path: String, into findings: inout Findings) {
        for item in piece?.items ?? [] { checkModel(item, path: path, into: &findings) }
    }

    /// Adds a finding if `piece` is not the name of a model.
    func checkModel(_ piece: Piece, path: String, into findings: inout Findings) {
        guard let name = piece.text, ModelName(name) != nil, !models.contains(name) else { return }
        let hint = models.isEmpty ? "the file defines no models" : NearestName.hint(for: name, among: modelsInOrder)
        findings.error("'\(path)': there is no model '\(name.shortened)'", hint: hint, at: piece.position)
    }
}
