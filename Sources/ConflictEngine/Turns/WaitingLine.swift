/// Waiters in the order in which they came; leaving from the middle costs no search.
struct WaitingLine {
    private var places: [TurnTable.Waiter?] = []
    /// The number of the first place.
    private var firstNumber: UInt64 = 1
    /// Places before this one are empty.
    private var head = 0
    /// How many wait.
    private(set) var count = 0

    /// Puts a waiter last and returns its number, which rises by one with each.
    mutating func append(_ waiter: @escaping TurnTable.Waiter) -> UInt64 {
        places.append(waiter)
        count += 1
        return firstNumber &+ UInt64(places.count - 1)
    }

    /// Takes out the waiter with this number; false if it is not here any more.
    mutating func remove(_ number: UInt64) -> Bool {
        guard number >= firstNumber, number - firstNumber < UInt64(places.count) else { return false }
        let place = Int(number - firstNumber)
        guard places[place] != nil else { return false }
        places[place] = nil
        count -= 1
        trim()
        return true
    }

    /// Takes out the one who has waited longest.
    mutating func popFirst() -> (number: UInt64, waiter: TurnTable.Waiter)? {
        trim()
        guard head < places.count, let waiter = places[head] else { return nil }
        let number = firstNumber &+ UInt64(head)
        places[head] = nil
        count -= 1
        trim()
        return (number, waiter)
    }

    /// Skips empty places at the front, and gives their memory back once they are the larger half.
    private mutating func trim() {
        while head < places.count, places[head] == nil { head += 1 }
        guard head > 16, head * 2 > places.count else { return }
        places.removeFirst(head)
        firstNumber &+= UInt64(head)
        head = 0
    }
}
