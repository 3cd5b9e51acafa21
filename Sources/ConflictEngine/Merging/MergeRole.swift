/// What a rule makes of one place; where several hold, the first of these goes before.
enum MergeRole: Sendable, Equatable {
    /// The place changes as a whole.
    case atomic
    /// An array whose items are told apart by this field.
    case keyed(field: String)
    /// An array of scalars without order.
    case set
    /// A number to which differences are added.
    case counter

    /// Whether this goes before `other` at the same place.
    func precedes(_ other: Self) -> Bool { rank < other.rank }

    private var rank: Int {
        switch self {
        case .atomic: 0
        case .keyed: 1
        case .set: 2
        case .counter: 3
        }
    }
}
