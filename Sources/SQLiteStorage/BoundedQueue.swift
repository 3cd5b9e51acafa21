/// A first-in-first-out queue that forgets its oldest element rather than grow past its capacity.
///
/// Elements are kept in pieces, which are handed out as they are to those who take as much: nothing is moved, and what a long
/// line has taken of memory goes when it is written. Of a piece that goes in parts, what is gone is freed with the last part.
package struct BoundedQueue<Element> {
    /// Most elements kept; at least 1.
    package let capacity: Int
    /// How many elements wait.
    package private(set) var count = 0
    private let pieceSize: Int
    /// The elements, oldest first; no piece is empty.
    private var pieces: [[Element]] = []
    /// How many elements of the first piece are gone.
    private var head = 0

    /// An empty queue for those who take `pieceSize` elements at a time.
    package init(capacity: Int, inPiecesOf pieceSize: Int) {
        self.capacity = max(1, capacity)
        self.pieceSize = max(1, pieceSize)
    }

    /// The oldest element.
    package var first: Element? { pieces.isEmpty ? nil : pieces[0][head] }

    /// Adds `element`; returns whether the oldest had to go for it.
    package mutating func append(_ element: Element) -> Bool {
        let isFull = count >= capacity
        if isFull { dropFirst() }
        if let last = pieces.indices.last, pieces[last].count < pieceSize {
            pieces[last].append(element)
        } else {
            pieces.append([element])
        }
        count += 1
        return isFull
    }

    /// Takes up to `number` elements, oldest first.
    package mutating func take(_ number: Int) -> [Element] {
        if head == 0, let size = pieces.first?.count, size == number || size < number && pieces.count == 1 {
            count -= size
            return pieces.removeFirst()
        }
        var taken: [Element] = []
        while taken.count < number, let element = first {
            taken.append(element)
            dropFirst()
        }
        return taken
    }

    /// Puts `elements` back in front; returns how many of the oldest had to go.
    package mutating func putBack(_ elements: [Element]) -> Int {
        var all = Self(capacity: capacity, inPiecesOf: pieceSize)
        var gone = 0
        for element in elements where all.append(element) { gone += 1 }
        for element in take(count) where all.append(element) { gone += 1 }
        self = all
        return gone
    }

    private mutating func dropFirst() {
        count -= 1
        head += 1
        guard head == pieces[0].count else { return }
        pieces.removeFirst()
        head = 0
    }
}
