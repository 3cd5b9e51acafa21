/// What a dialect makes of an answer that it recognises.
enum Judgement: Sendable, Equatable {
    /// A conflict of this kind.
    case conflict(ConflictKind)
    /// An error of that dialect which is no conflict; later rules are not asked unless the status itself says conflict.
    case ordinary
}
