/// What a request says about content codings in `Accept-Encoding` (RFC 9110, section 12.5.3).
///
/// Weights are kept in thousandths. A coding named twice counts with its lower weight, so that nothing refused in one
/// place is sent because of another. A malformed field, like none at all, asks for nothing but uncoded bytes.
package struct AcceptEncoding: Sendable, Equatable {
    private var gzip: Int16?
    private var br: Int16?
    private var zstd: Int16?
    private var identity: Int16?
    private var star: Int16?
    private var isMalformed = false

    /// No such field.
    package init() {}

    /// The field with one line.
    package init(_ line: ArraySlice<UInt8>) { add(line) }

    /// The field with these lines, which are one list together.
    package init(lines: [[UInt8]]) {
        for line in lines { add(line[...]) }
    }

    /// Reads one more line of the field.
    package mutating func add(_ line: ArraySlice<UInt8>) {
        for member in CommaList(line) { read(member) }
    }

    /// Whether uncoded bytes are refused: by `identity;q=0`, or by `*;q=0` where `identity` is not named.
    package var refusesUncoded: Bool { !isMalformed && (identity ?? star) == 0 }

    /// Whether the request takes `coding`.
    package func accepts(_ coding: AnswerCoding) -> Bool { weight(of: coding) > 0 }

    /// The coding to send: of the offered ones that with the greatest weight, and among equals the first; `nil` for
    /// none, because none is accepted or uncoded bytes are explicitly liked better.
    package func choice(among offered: [AnswerCoding]) -> AnswerCoding? {
        var best: AnswerCoding?
        var greatest: Int16 = 0
        for coding in offered where weight(of: coding) > greatest {
            best = coding
            greatest = weight(of: coding)
        }
        return greatest >= identity ?? 0 ? best : nil
    }

    private func weight(of coding: AnswerCoding) -> Int16 {
        if isMalformed { return 0 }
        let named =
            switch coding {
            case .gzip: gzip
            case .br: br
            case .zstd: zstd
            }
        return named ?? star ?? 0
    }

    private mutating func read(_ member: ArraySlice<UInt8>) {
        let end = member.firstIndex { !ASCII.isTokenCharacter($0) } ?? member.endIndex
        guard end > member.startIndex, let weight = Self.weight(member[end...]) else {
            isMalformed = true
            return
        }
        let name = member[..<end]
        if ASCII.equals(name, "gzip") || ASCII.equals(name, "x-gzip") {
            gzip = min(gzip ?? weight, weight)
        } else if ASCII.equals(name, "br") {
            br = min(br ?? weight, weight)
        } else if ASCII.equals(name, "zstd") {
            zstd = min(zstd ?? weight, weight)
        } else if ASCII.equals(name, "identity") {
            identity = min(identity ?? weight, weight)
        } else if ASCII.equals(name, "*") {
            star = min(star ?? weight, weight)
        }
    }

    /// The weight in thousandths that stands behind a coding, 1000 for nothing; `nil` if it is malformed.
    private static func weight(_ bytes: ArraySlice<UInt8>) -> Int16? {
        var rest = ASCII.trimmed(bytes)
        guard !rest.isEmpty else { return 1000 }
        guard rest.removeFirst() == ASCII.semicolon else { return nil }
        rest = ASCII.trimmed(rest)
        guard ASCII.begins(rest, with: "q=") else { return nil }
        rest = rest.dropFirst(2)
        guard let whole = rest.popFirst(), whole == 0x30 || whole == 0x31 else { return nil }
        let thousands: Int16 = whole == 0x31 ? 1000 : 0
        guard let point = rest.popFirst() else { return thousands }
        guard point == ASCII.dot, rest.count <= 3, rest.allSatisfy(ASCII.isDigit) else { return nil }
        var value = thousands
        var unit: Int16 = 100
        for digit in rest {
            value += Int16(digit &- 0x30) * unit
            unit /= 10
        }
        return value <= 1000 ? value : nil
    }
}
