import ContentGuarding
import LLMTranslation

/// Passes an answer on that comes in pieces, and counts beside it.
class StreamRelay {
    /// What was counted so far, as the provider told it.
    final var usage = Usage()
    /// Bytes of text that the model has written, for estimates where the provider told nothing.
    final var textBytes = 0
    /// Whether the answer came to its proper end.
    final var isComplete = false
    /// What the provider said within the stream of its own failure, or what was found wrong with it.
    final var failure: ModelFailure?
    /// The keys of the provider, which no text of its may show.
    final var keys: KeyPool?
    /// Whether a guard ended it.
    final var isWithheld = false
    /// Whether the provider's answer came to its proper end, and may go out.
    final var isWhole: Bool { isComplete && failure == nil }
    /// What guards found in it.
    var findings: [ContentFinding] { [] }
    /// What of the provider's answer the client's dialect could not say so far.
    var losses: [Loss] { [] }

    /// A failure in words that show no key.
    final func concealed(_ failure: ModelFailure) -> ModelFailure {
        keys?.concealed(failure) ?? failure
    }

    /// Takes bytes of the provider's and appends what the client gets.
    func feed(_ bytes: ArraySlice<UInt8>, into output: inout [UInt8]) {}

    /// The provider's bytes have ended: appends what is still due, an in-band error where the answer is not complete.
    func finish(into output: inout [UInt8]) {}

    /// No more will come of the provider: appends the error in the client's dialect.
    func fail(_ failure: ModelFailure, into output: inout [UInt8]) {}
}
