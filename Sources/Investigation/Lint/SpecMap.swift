/// Members of an API description in their order, found by name without looking at all of them.
struct SpecMap: Sendable {
    /// The members in the order written.
    let members: [SpecNode.Member]
    private let places: [String: Int]

    /// A map of members; of equal names the first counts.
    init(_ members: [SpecNode.Member]) {
        self.members = members
        places = Dictionary(members.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The node called `name`.
    subscript(name: String) -> SpecNode? { places[name].map { members[$0].value } }
}
