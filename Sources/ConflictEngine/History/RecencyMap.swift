/// A dictionary that knows which of its entries was used longest ago.
///
/// Entries stand in one array, linked by position from the newest to the oldest; every operation takes constant time.
struct RecencyMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Slot: Sendable {
        let key: Key
        var value: Value
        var stamp: UInt64
        var newer: Int?
        var older: Int?
    }

    private var positions: [Key: Int] = [:]
    private var slots: [Slot] = []
    private var newest: Int?
    private var oldest: Int?

    /// Starts empty.
    init() {}

    /// How many entries there are.
    var count: Int { slots.count }

    /// When the entry used longest ago was used, in the stamps of the caller.
    var oldestStamp: UInt64? { oldest.map { slots[$0].stamp } }

    /// The key used longest ago.
    var oldestKey: Key? { oldest.map { slots[$0].key } }

    /// The value under `key`, without marking it as used.
    func peek(_ key: Key) -> Value? {
        positions[key].map { slots[$0].value }
    }

    /// Marks `key` as used at `stamp` and hands its value, made if there is none, to `body`.
    mutating func use<Result>(
        _ key: Key,
        at stamp: UInt64,
        orInsert fresh: @autoclosure () -> Value,
        _ body: (inout Value) -> Result
    ) -> Result {
        let position = positions[key] ?? insert(key, fresh(), stamp)
        moveToFront(position, stamp)
        return body(&slots[position].value)
    }

    /// Marks `key` as used at `stamp` and hands its value to `body`; `nil` if there is none.
    mutating func useIfPresent<Result>(
        _ key: Key,
        at stamp: UInt64,
        _ body: (inout Value) -> Result
    ) -> Result? {
        guard let position = positions[key] else { return nil }
        moveToFront(position, stamp)
        return body(&slots[position].value)
    }

    /// Changes the value under `key` without marking it as used.
    mutating func adjust<Result>(_ key: Key, _ body: (inout Value) -> Result) -> Result? {
        guard let position = positions[key] else { return nil }
        return body(&slots[position].value)
    }

    /// Removes and returns the entry used longest ago.
    mutating func removeOldest() -> (key: Key, value: Value)? {
        guard let position = oldest else { return nil }
        return remove(at: position)
    }

    /// Removes and returns what is under `key`.
    @discardableResult
    mutating func remove(_ key: Key) -> Value? {
        guard let position = positions[key] else { return nil }
        return remove(at: position).value
    }

    private mutating func insert(_ key: Key, _ value: Value, _ stamp: UInt64) -> Int {
        let position = slots.count
        slots.append(Slot(key: key, value: value, stamp: stamp, newer: nil, older: nil))
        positions[key] = position
        link(position)
        return position
    }

    private mutating func moveToFront(_ position: Int, _ stamp: UInt64) {
        slots[position].stamp = stamp
        guard newest != position else { return }
        unlink(position)
        link(position)
    }

    private mutating func link(_ position: Int) {
        slots[position].newer = nil
        slots[position].older = newest
        if let newest { slots[newest].newer = position }
        newest = position
        if oldest == nil { oldest = position }
    }

    private mutating func unlink(_ position: Int) {
        let (newer, older) = (slots[position].newer, slots[position].older)
        if let newer { slots[newer].older = older } else { newest = older }
        if let older { slots[older].newer = newer } else { oldest = newer }
    }

    /// Takes the entry out and puts the last one of the array in its place, so that the array has no holes.
    private mutating func remove(at position: Int) -> (key: Key, value: Value) {
        unlink(position)
        positions[slots[position].key] = nil
        let last = slots.count - 1
        if position != last {
            slots.swapAt(position, last)
            positions[slots[position].key] = position
            if let newer = slots[position].newer { slots[newer].older = position } else { newest = position }
            if let older = slots[position].older { slots[older].newer = position } else { oldest = position }
        }
        let slot = slots.removeLast()
        return (slot.key, slot.value)
    }
}
