/// A dictionary that forgets: when it is full, what was not used since it was last half full goes.
struct GenerationMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let capacity: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    /// A map of at most `capacity` entries, at least 2.
    init(capacity: Int) { self.capacity = max(2, capacity) }

    /// The value of `key`; setting it makes it young.
    subscript(key: Key) -> Value? {
        get { young[key] ?? old[key] }
        set {
            old[key] = nil
            young[key] = newValue
            guard young.count >= capacity / 2 else { return }
            old = young
            young = [:]
        }
    }

    /// How many entries there are.
    var count: Int { young.count + old.count }
}
