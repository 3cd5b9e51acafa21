/// A first-in-first-out queue that forgets its oldest element rather than grow past its capacity.
struct BoundedQueue<Element> {
    /// Most elements kept; at least 1.
    let capacity: Int
    private var storage: [Element?] = []
    private var head = 0

    /// An empty queue.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// How many elements wait.
    var count: Int { storage.count - head }

    /// The oldest element.
    var first: Element? { head < storage.count ? storage[head] : nil }

    /// Adds `element`; returns whether the oldest had to go for it.
    mutating func append(_ element: Element) -> Bool {
        let isFull = count >= capacity
        if isFull { dropFirst() }
        storage.append(element)
        return isFull
    }

    /// Takes up to `number` elements, oldest first.
    mutating func take(_ number: Int) -> [Element] {
        var taken: [Element] = []
        while taken.count < number, let element = first {
            taken.append(element)
            dropFirst()
        }
        return taken
    }

    /// Puts `elements` back in front; returns how many of the oldest had to go.
    mutating func putBack(_ elements: [Element]) -> Int {
        let all = elements + storage[head...].compactMap(\.self)
        let excess = max(0, all.count - capacity)
        storage = all.dropFirst(excess).map(\.self)
        head = 0
        return excess
    }

    private mutating func dropFirst() {
        storage[head] = nil
        head += 1
        // Moving the rest now and then keeps appending cheap and memory bounded.
        if head >= 1_024 && head * 2 >= storage.count {
            storage.removeSubrange(..<head)
            head = 0
        }
    }
}
