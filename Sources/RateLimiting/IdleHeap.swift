/// Keys by the moment from which they are idle, the earliest on top: a binary heap.
///
/// A moment may lag behind the truth, since a key that is used again only moves to later; the owner corrects the top
/// before relying on it.
struct IdleHeap {
    /// A key and the earliest moment at which it can be idle, in nanoseconds.
    struct Item {
        /// The moment.
        var idleAt: UInt64
        /// The key.
        var key: RateLimitKey
    }

    private var items: [Item] = []

    /// The item that is idle first.
    var top: Item? { items.first }

    /// Adds an item.
    mutating func insert(_ item: Item) {
        items.append(item)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard items[child].idleAt < items[parent].idleAt else { return }
            items.swapAt(child, parent)
            child = parent
        }
    }

    /// Moves the top to a later moment.
    mutating func postponeTop(to idleAt: UInt64) {
        guard !items.isEmpty else { return }
        items[0].idleAt = idleAt
        sink()
    }

    /// Takes the top off.
    mutating func removeTop() {
        guard let last = items.popLast(), !items.isEmpty else { return }
        items[0] = last
        sink()
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
                if items[child].idleAt < items[least].idleAt { least = child }
            }
            guard least != parent else { return }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
