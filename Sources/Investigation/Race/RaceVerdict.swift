/// What a race comes to.
package enum RaceVerdict: Sendable, Equatable {
    /// So many successful writes are gone.
    case lostUpdates(Int)
    /// None of so many successful writes is gone.
    case noLostUpdate(writes: Int)
    /// The race shows nothing, with the reason and what to do about it.
    case cannotTell(String, remedy: String)

    /// The exit code of `parley race` (contract §1): 0 fine, 1 not fine, 3 could not be found out.
    package var exitCode: Int32 {
        switch self {
        case .noLostUpdate: 0
        case .lostUpdates: 1
        case .cannotTell: 3
        }
    }

    /// Its name in JSON.
    package var name: String {
        switch self {
        case .lostUpdates: "lost-updates"
        case .noLostUpdate: "no-lost-update"
        case .cannotTell: "cannot-tell"
        }
    }

    /// The first line of the result.
    package var sentence: String {
        switch self {
        case .lostUpdates(let count): "lost updates: \(count)"
        case .noLostUpdate(let writes): "no lost update in \(writes) \(writes == 1 ? "write" : "writes")"
        case .cannotTell(let reason, let remedy): "cannot tell: \(reason); \(remedy)"
        }
    }
}
