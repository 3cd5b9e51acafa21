/// One step of an answer that comes in pieces, whatever the dialect.
///
/// Order per answer: ``started(_:)`` once, then pieces; each choice ends with ``stopped(choice:_:)``; ``usage(_:)`` may come
/// at any time, even first, and several times (the last word counts); ``ended`` once at the very end, or ``failed(_:)``
/// instead.
package enum StreamEvent: Sendable, Equatable {
    /// The answer has begun.
    case started(AnswerStart)
    /// More text.
    case text(choice: Int, String)
    /// More of a refusal.
    case refusal(choice: Int, String)
    /// More thinking.
    case reasoning(choice: Int, String)
    /// The thinking so far is complete; its signature must be kept with it.
    case reasoningSigned(choice: Int, OpaqueValue)
    /// Thinking that came encrypted as a whole.
    case reasoningRedacted(choice: Int, OpaqueValue)
    /// A call begins; `call` counts from 0 within its choice. Its arguments are empty or a first piece.
    case callStarted(choice: Int, call: Int, ToolCall)
    /// More of a call's arguments.
    case callArguments(choice: Int, call: Int, String)
    /// A choice has ended.
    case stopped(choice: Int, StopReason)
    /// What was counted so far.
    case usage(Usage)
    /// The vendor failed within its answer.
    case failed(ModelFailure)
    /// The answer is complete.
    case ended
}
