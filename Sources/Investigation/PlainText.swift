/// Text from outside, made fit for a terminal.
enum PlainText {
    /// `text` on one line without control characters, cut after `limit` characters.
    static func line(_ text: some StringProtocol, limit: Int = 120) -> String {
        var output = ""
        var count = 0
        for scalar in text.unicodeScalars {
            guard count < limit else { return output + "…" }
            output.unicodeScalars.append(isHarmless(scalar) ? scalar : " ")
            count += 1
        }
        return output
    }

    /// `text` filled up with spaces to `width` characters.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Rows of cells in columns, two spaces between them and `margin` before them, without spaces at the end.
    static func columns(_ rows: [[String]], margin: String = "  ") -> [String] {
        var widths: [Int] = []
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index < widths.count {
                    widths[index] = max(widths[index], cell.count)
                } else {
                    widths.append(cell.count)
                }
            }
        }
        return rows.map { row in
            let cells = zip(row, widths).map { padded($0, to: $1) }
            let line = margin + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// Whether a scalar leaves a terminal and the direction of writing alone.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
