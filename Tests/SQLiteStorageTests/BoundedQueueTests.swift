import SQLiteStorage
import TestKit
import Testing

/// What waits for a store.
struct BoundedQueueTests {
    @Test(arguments: [1, 2, 3, 7, 512])
    func `it is a line with an end, however it is cut in pieces`(size: Int) {
        var chance = SeededGenerator(seed: 20_261_121)
        var queue = BoundedQueue<Int>(capacity: 20, inPiecesOf: size)
        var wanted: [Int] = []
        for number in 0..<5_000 {
            switch Int.random(in: 0..<10, using: &chance) {
            case 0..<6:
                wanted.append(number)
                #expect(queue.append(number) == (wanted.count > 20))
                wanted = wanted.suffix(20)
            case 6..<9:
                let most = Int.random(in: 0..<9, using: &chance)
                #expect(queue.take(most) == Array(wanted.prefix(most)))
                wanted = Array(wanted.dropFirst(most))
            default:
                let back = Array(-Int.random(in: 1..<9, using: &chance)..<0)
                #expect(queue.putBack(back) == max(0, back.count + wanted.count - 20))
                wanted = (back + wanted).suffix(20)
            }
            #expect(queue.count == wanted.count && queue.first == wanted.first)
        }
    }

    @Test func `what was taken is kept nowhere`() {
        final class Thing {}
        var queue = BoundedQueue<Thing>(capacity: 4, inPiecesOf: 2)
        weak var first: Thing?
        do {
            let thing = Thing()
            first = thing
            _ = queue.append(thing)
            _ = queue.append(Thing())
            _ = queue.append(Thing())
        }
        #expect(first != nil)
        #expect(queue.take(2).count == 2)
        #expect(first == nil && queue.count == 1)
    }
}
