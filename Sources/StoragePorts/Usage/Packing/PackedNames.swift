import HTTPSemantics

/// The names that calls of a block share, each once, in the order of their first use.
struct PackedNames: Sendable {
    /// The fields whose texts are names, in the order in which a call has them.
    enum Field: Int, CaseIterable {
        case service, surface, operation, model, consumer, provider, providerModel, key, currency, fault
    }

    /// The names.
    private(set) var names: [String] = []
    private var places: [ExactText: Int] = [:]
    // Most calls have the names of the call before: comparing two texts is much less than looking one up.
    private var latest = [(name: ExactText, number: UInt64)](repeating: (ExactText(""), 0), count: Field.allCases.count)

    /// The number by which a call means `name`: its place, counted from 1; 0 if it has none.
    mutating func number(of name: String?, as field: Field) -> UInt64 {
        guard let name = name.map(ExactText.init) else { return 0 }
        let known = latest[field.rawValue]
        if known.number != 0, known.name == name { return known.number }
        let place = places[name] ?? names.count
        if place == names.count {
            names.append(name.text)
            places[name] = place
        }
        latest[field.rawValue] = (name, UInt64(place) &+ 1)
        return UInt64(place) &+ 1
    }
}
