/// A model's whole answer as it is kept for equal calls.
struct KeptModelAnswer: Sendable {
    /// Header lines of every answer made of it: its type, who answered, what was lost.
    let lines: [UInt8]
    /// The body; of a stream, all its bytes.
    let body: [UInt8]
    /// The currency of the model's prices, if they are known.
    let currency: String?
    /// When it came (ns).
    let time: UInt64

    /// Bytes of memory that it takes, with its key.
    func footprint(_ key: AnswerCache.Key) -> Int { key.bytes.count + lines.count + body.count + 256 }
}
