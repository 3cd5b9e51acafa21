/// What is lost, each thing once and in the order in which it was first met.
struct LossList {
    /// What is lost.
    private(set) var losses: [Loss] = []
    private var known: Set<Loss> = []

    /// Names a loss, unless it is there.
    mutating func add(_ loss: Loss) {
        if known.insert(loss).inserted { losses.append(loss) }
    }
}
