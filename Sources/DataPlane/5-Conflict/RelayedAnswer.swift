import HTTPWire

/// An answer to the gateway's own read, kept so that it can be given to the client as it is.
struct RelayedAnswer {
    /// The status.
    let status: Int
    /// Its header lines, without those of its connection.
    let lines: [UInt8]
    /// Its body.
    let body: [UInt8]
    /// Whether the body is all of it.
    let isWhole: Bool

    /// Copies an answer as far as it was gathered, without the fields of these names, given in lower case.
    init(_ head: borrowing MessageHead, without names: [[UInt8]], body: [UInt8], isWhole: Bool) {
        status = head.status
        let dropped = FieldSet.hopByHop.union(FieldSet(.contentLength, .parley, .xRequestID))
        var lines: [UInt8] = []
        for line in head.fields where !dropped.has(line.id) && !names.contains(where: { head.names(line, $0) }) {
            lines += head.copy(line.name) + [58, 32] + head.copy(line.value) + [13, 10]
        }
        self.lines = lines
        self.body = body
        self.isWhole = isWhole
    }

    /// The answer for the client.
    var reply: LocalReply { LocalReply(status: status, lines: lines, body: isWhole ? body : []) }
}
