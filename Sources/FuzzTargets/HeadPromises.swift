import HTTPWire

/// What holds for every head, however it is cut.
enum HeadPromises {
    /// Reads `input` whole and cut.
    static func check(_ input: [UInt8], as role: MessageHead.Role) throws(Disagreement) {
        let whole = HeadReading(input, as: role)
        let seed = input.reduce(UInt64(input.count)) { $0 &* 31 &+ UInt64($1) }
        for cutting in [Cutting.bytes, .chance(seed), .once(input.count / 2)] {
            let cut = HeadReading(input, as: role, cut: cutting)
            try Disagreement.unless(cut == whole, "cut as \(cutting) a head reads \(cut), whole it reads \(whole)")
        }
        guard whole.ending == .complete else { return }
        try checkBytes(whole)
        try checkRequest(whole, role)
        let again = HeadReading(whole.bytes, as: role)
        try Disagreement.unless(again.fields == whole.fields, "the bytes of a head do not read as the same head")
        let left = input.prefix(whole.taken).suffix(whole.bytes.count)
        try Disagreement.unless(left.elementsEqual(whole.bytes), "the head is not what was taken")
    }

    /// No line of an accepted head can be read in two ways: every CR is followed by LF, every LF follows a CR.
    private static func checkBytes(_ reading: HeadReading) throws(Disagreement) {
        let bytes = reading.bytes
        try Disagreement.unless(bytes.suffix(4).elementsEqual([13, 10, 13, 10]), "a head ends in no empty line")
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case ASCII.cr:
                let next = index + 1 < bytes.count ? bytes[index + 1] : 0
                try Disagreement.unless(next == ASCII.lf, "a bare CR at \(index)")
            case ASCII.lf:
                try Disagreement.unless(index > 0 && bytes[index - 1] == ASCII.cr, "a bare LF at \(index)")
            default:
                try Disagreement.unless(!ASCII.isForbiddenInValue(byte), "a control character at \(index)")
            }
        }
        let lines = bytes.count { $0 == ASCII.lf } - 2
        try Disagreement.unless(reading.fields.count == lines, "\(lines) lines became \(reading.fields.count) fields")
    }

    /// A request with a body is framed in one way only.
    private static func checkRequest(_ reading: HeadReading, _ role: MessageHead.Role) throws(Disagreement) {
        guard case .value(let framing) = reading.framing else { return }
        let lengths = reading.fields.count { $0.id == .contentLength }
        let codings = reading.fields.count { $0.id == .transferEncoding }
        try Disagreement.unless(lengths <= 1, "Content-Length is repeated and passes")
        try Disagreement.unless(lengths == 0 || codings == 0, "both Content-Length and Transfer-Encoding pass")
        guard role == .request else { return }
        switch framing {
        case .none: try Disagreement.unless(lengths == 0 && codings == 0, "framing fields and no body")
        case .length(let count): try Disagreement.unless(lengths == 1 && count >= 0, "a length of \(count)")
        case .chunked: try Disagreement.unless(codings == 1, "chunked, and \(codings) codings")
        case .untilClose: throw Disagreement("a request's body ends with the connection")
        }
    }
}
