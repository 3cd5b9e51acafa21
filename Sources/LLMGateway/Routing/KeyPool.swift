import Catalog
import HTTPSemantics
import LLMTranslation

/// The keys of one provider and what is known of each, across reloads.
final class KeyPool: Sendable {
    /// A key that was chosen.
    struct Choice: Sendable {
        /// Its place in the pool.
        let index: Int
        /// The key.
        let value: String
        /// What it is called where it must not be shown.
        let label: String
    }

    /// One key for status pages.
    struct Status: Sendable {
        /// What it is called.
        let label: String
        /// Its first and last characters.
        let masked: String
        /// Relative share.
        let weight: Int
        /// When it may be used again (ns), if it cools down.
        let coolsUntil: UInt64
        /// Why it cools down.
        let reason: String?
        /// How many calls it was used for.
        let uses: Int
    }

    private let keys: [ProviderKey]
    private let states: [KeyState]

    /// A pool of keys; what is known of keys that `former` has too is shared with it, so that calls under way tell both.
    init(_ keys: [ProviderKey], former: KeyPool? = nil) {
        self.keys = keys
        states = keys.map { key in
            let place = former?.keys.firstIndex { $0.value == key.value }
            return place.flatMap { former?.states[$0] } ?? KeyState()
        }
    }

    /// Whether the provider is called without a key.
    var isEmpty: Bool { keys.isEmpty }

    /// A text of the provider's with «…» in the place of each of its keys.
    func concealed(_ text: String) -> String {
        keys.reduce(text) { text, key in
            key.value.utf8.count < Self.shortestSecret ? text : text.replacing(key.value, with: "…")
        }
    }

    /// A failure of the provider's with «…» in the place of each of its keys.
    func concealed(_ failure: ModelFailure) -> ModelFailure {
        var failure = failure
        failure.message = concealed(failure.message)
        failure.field = failure.field.map(concealed)
        failure.code = failure.code.map(concealed)
        return failure
    }

    /// Whether a text within a value, or the name of a member, shows one of the keys.
    func isShown(in value: JSONValue) -> Bool {
        switch value {
        case .null, .bool: false
        case .number(let number): isShown(in: String(decoding: number.text, as: UTF8.self))
        case .string(let text): isShown(in: text)
        case .array(let elements): elements.contains { isShown(in: $0) }
        case .object(let object): object.members.contains { isShown(in: $0.name) || isShown(in: $0.value) }
        }
    }

    private func isShown(in text: String) -> Bool {
        keys.contains { $0.value.utf8.count >= Self.shortestSecret && text.contains($0.value) }
    }

    /// Shorter keys are words that stand in any text, such as the `none` of a server that wants no key.
    private static let shortestSecret = 6

    /// A key by weight among those that do not cool down and are not in `tried`; `nil` if there is none.
    func choose(now: UInt64, chance: UInt64, except tried: Set<Int>) -> Choice? {
        let fit = keys.indices.filter { !tried.contains($0) && states[$0].coolsUntil <= now }
        guard var chosen = fit.last else { return nil }
        var point = Int(chance % UInt64(max(1, fit.reduce(0) { $0 + keys[$1].weight })))
        for index in fit {
            if point < keys[index].weight {
                chosen = index
                break
            }
            point -= keys[index].weight
        }
        states[chosen].wasUsed()
        return Choice(index: chosen, value: keys[chosen].value, label: keys[chosen].label)
    }

    /// Lets a key rest.
    func cool(_ index: Int, until: UInt64, because reason: String) {
        guard states.indices.contains(index) else { return }
        states[index].cool(until: until, because: reason)
    }

    /// When the first of the keys may be used again (ns); 0 if one can be used now or there are none.
    func restsUntil() -> UInt64 { states.map(\.coolsUntil).min() ?? 0 }

    /// Why the keys rest: for a rate limit if any of them does, as waiting helps then, else as the one that may be used first.
    func reasonOfRest() -> ModelFailure.Kind? {
        let known = states.map(\.snapshot).sorted { $0.coolsUntil < $1.coolsUntil }
        let kinds = known.compactMap { $0.reason.flatMap(ModelFailure.Kind.init(rawValue:)) }
        return kinds.contains(.rateLimited) ? .rateLimited : kinds.first
    }

    /// All keys for status pages.
    var status: [Status] {
        zip(keys, states).map { key, state in
            let known = state.snapshot
            return Status(
                label: key.label,
                masked: Self.masked(key.value),
                weight: key.weight,
                coolsUntil: known.coolsUntil,
                reason: known.reason,
                uses: known.uses
            )
        }
    }

    /// The first and the last characters of a key that is long enough to keep its secret all the same.
    static func masked(_ key: String) -> String {
        key.utf8.count >= 16 ? "\(key.prefix(3))…\(key.suffix(4))" : "…"
    }
}
