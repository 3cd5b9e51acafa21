/// Reads a provider's answer in pieces; the same events come out however the bytes are split.
package protocol AnswerStreamReader {
    /// What was passed over so far because ``StreamEvent`` has nothing like it.
    var losses: [Loss] { get }

    /// Bytes of text that came and are in no event: what is held yet, and what never will be told.
    var unsaidBytes: Int { get }

    /// The answer was broken off from outside: appends what is held.
    mutating func release(into events: inout [StreamEvent])

    /// Takes more bytes and appends what they say. After ``StreamEvent/failed(_:)`` or ``StreamEvent/ended`` nothing more comes.
    mutating func feed(_ bytes: ArraySlice<UInt8>, into events: inout [StreamEvent])

    /// The bytes have ended: appends `ended` if the answer was complete by its dialect's rules, `failed` if it was cut.
    mutating func finish(into events: inout [StreamEvent])
}

extension AnswerStreamReader {
    /// Nothing.
    package var losses: [Loss] { [] }

    /// None.
    package var unsaidBytes: Int { 0 }

    /// Nothing.
    package mutating func release(into events: inout [StreamEvent]) {}
}
