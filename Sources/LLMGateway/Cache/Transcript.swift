/// What a client was sent of an answer in pieces, for those who get the same answer later.
struct Transcript {
    /// The answer's header lines.
    let lines: [UInt8]
    /// All bytes; `nil` once they are too many.
    private(set) var body: [UInt8]? = []
    private let limit: Int

    /// A transcript of at most `limit` bytes.
    init(lines: [UInt8], limit: Int) {
        self.lines = lines
        self.limit = limit
    }

    /// Takes what is sent.
    mutating func append(_ bytes: [UInt8]) {
        guard let count = body?.count else { return }
        if count + bytes.count > limit { body = nil } else { body?.append(contentsOf: bytes) }
    }
}
