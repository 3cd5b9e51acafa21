/// A reader that changes what another reads: each event goes through ``take(_:into:)``.
protocol ReshapingReader: AnswerStreamReader {
    /// What is changed.
    var reader: any AnswerStreamReader { get set }

    /// Appends what becomes of an event.
    mutating func take(_ event: StreamEvent, into events: inout [StreamEvent])

    /// Appends what is held here.
    mutating func flush(into events: inout [StreamEvent])
}

extension ReshapingReader {
    /// Reads `bytes`, and appends what becomes of their events.
    package mutating func feed(_ bytes: ArraySlice<UInt8>, into events: inout [StreamEvent]) {
        var told: [StreamEvent] = []
        reader.feed(bytes, into: &told)
        for event in told { take(event, into: &events) }
    }

    /// Ends the reading, and appends what becomes of the last events.
    package mutating func finish(into events: inout [StreamEvent]) {
        var told: [StreamEvent] = []
        reader.finish(into: &told)
        for event in told { take(event, into: &events) }
    }

    /// Appends what is held, below and here.
    package mutating func release(into events: inout [StreamEvent]) {
        var told: [StreamEvent] = []
        reader.release(into: &told)
        for event in told { take(event, into: &events) }
        flush(into: &events)
    }
}
