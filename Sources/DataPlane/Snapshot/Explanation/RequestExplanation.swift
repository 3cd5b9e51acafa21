/// What a request would meet, in the order in which it would meet it.
package struct RequestExplanation: Sendable, Equatable {
    /// What would become of the request.
    package enum Outcome: Sendable, Equatable {
        /// It goes to an upstream.
        case forwarded
        /// The gateway answers itself, and that is no refusal.
        case answered(status: Int, what: String)
        /// The caller is sent elsewhere.
        case redirected(status: Int, location: String)
        /// It is refused with a problem of this kind.
        case refused(status: Int, kind: String, detail: String)
    }

    /// One thing found out on the way.
    package struct Fact: Sendable, Equatable {
        /// What it is about, in a word.
        package let name: String
        /// What was found, in one line.
        package let text: String
    }

    /// What would become of it.
    package var outcome = Outcome.forwarded
    /// What was found out, up to where the request ends.
    package private(set) var facts: [Fact] = []

    /// Nothing found out yet.
    package init() {}

    /// The texts of all facts called `name`.
    package subscript(name: String) -> [String] { facts.filter { $0.name == name }.map(\.text) }

    /// Whether the request would be refused.
    package var isRefused: Bool {
        if case .refused = outcome { true } else { false }
    }

    /// Adds a fact.
    package mutating func note(_ name: String, _ text: String) { facts.append(Fact(name: name, text: text)) }

    /// Goes on with what another part of the gateway found out.
    mutating func append(_ rest: RequestExplanation) {
        facts += rest.facts
        outcome = rest.outcome
    }
}
