import HTTPSemantics

/// Reads a line of an access log in common or combined form.
///
/// `HOST IDENT USER [10/Oct/2026:13:55:36 +0200] "METHOD TARGET VERSION" STATUS BYTES "REFERER" "AGENT"`
enum CombinedLogLine {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The exchange of a line, or `nil`.
    static func read(_ line: [UInt8], _ place: DiagnosisPlace) -> DiagnosedExchange? {
        guard let opening = line.firstIndex(of: UInt8(ascii: "[")),
            let closing = line[opening...].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        let names = line[..<opening].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        guard names.count >= 3 else { return nil }
        var rest = line[(closing + 1)...].drop { $0 == 0x20 }
        guard let request = quoted(&rest) else { return nil }
        let numbers = rest.split(separator: 0x20, maxSplits: 2)
        guard let status = numbers.first.flatMap({ Int(String(decoding: $0, as: UTF8.self)) }),
            (0...999).contains(status)
        else { return nil }
        let words = request.split(separator: 0x20)
        guard words.count == 3 || words.count == 2 else { return nil }
        let method = String(decoding: words[0], as: UTF8.self)
        guard !method.isEmpty, method.utf8.allSatisfy({ (0x41...0x5A).contains($0 & 0xDF) || $0 == 0x2D }) else {
            return nil
        }
        var exchange = DiagnosedExchange(
            place: place,
            method: method.uppercased(),
            target: String(decoding: words[1], as: UTF8.self),
            status: status == 0 ? nil : status
        )
        exchange.client = names[2] == "-" ? names[0] : names[0] + " " + names[2]
        exchange.time = time(String(decoding: line[(opening + 1)..<closing], as: UTF8.self))
        return exchange
    }

    /// Takes a text in quotes; `\"` does not end it.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard rest.popFirst() == 0x22 else { return nil }
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == 0x22 { return text }
            text.append(byte)
            if byte == 0x5C, let next = rest.popFirst() { text.append(next) }
        }
        return nil
    }

    /// Milliseconds since 1970 of `10/Oct/2026:13:55:36 +0200`, by way of RFC 3339.
    private static func time(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { return nil }
        let fields = parts[0].split(whereSeparator: { $0 == "/" || $0 == ":" }).map { String($0) }
        guard fields.count == 6, let month = months.firstIndex(of: fields[1]), parts[1].utf8.count == 5 else {
            return nil
        }
        let offset = parts[1].prefix(3) + ":" + parts[1].suffix(2)
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return RFC3339.milliseconds(
            parsing: "\(fields[2])-\(number)-\(fields[0])T\(fields[3]):\(fields[4]):\(fields[5])\(offset)"
        )
    }
}
