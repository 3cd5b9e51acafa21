import ConsoleBasics
import StoragePorts

/// Conflicts as rows of an aligned table; columns only grow, so that rows written earlier need not be written again.
struct ConflictTable {
    private static let titles = [
        "TIME", "KIND", "STATUS", "ROUTE", "METHOD", "RESOURCE", "CONSUMER", "OUTCOME", "DETAIL",
    ]
    /// Longest cell before it is cut, in characters.
    private static let longest = 80

    private var widths = titles.map(\.count)
    private var hasTitles = false

    /// The rows of `entries`, with the titles before the very first.
    mutating func lines(of entries: [ConflictEntry]) -> [String] {
        let rows = entries.map { Self.cells(of: $0).map(Self.plain) }
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        defer { hasTitles = true }
        return (hasTitles ? rows : [Self.titles] + rows).map(aligned)
    }

    private func aligned(_ row: [String]) -> String {
        var line = ""
        for (column, cell) in row.enumerated() {
            line +=
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count + 2)
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func cells(of entry: ConflictEntry) -> [String] {
        [
            Moment.readable(entry.time), entry.kind, entry.status.map(String.init) ?? "-",
            "\(entry.service)/\(entry.route)", entry.method, entry.resource, entry.consumer ?? "-",
            outcome(entry.resolution), detail(entry),
        ]
    }

    private static func outcome(_ resolution: ConflictEntry.Resolution) -> String {
        resolution.outcome.rawValue + (resolution.waitMilliseconds.map { " after \($0) ms" } ?? "")
    }

    /// Versions, the other write, and the upstream's words, as far as they are known.
    private static func detail(_ entry: ConflictEntry) -> String {
        var parts: [String] = []
        switch (entry.yourVersion, entry.currentVersion) {
        case (let yours?, let current?): parts.append("\(yours), now \(current)")
        case (let yours?, nil): parts.append(yours)
        case (nil, let current?): parts.append("now \(current)")
        case (nil, nil): break
        }
        if let competing = entry.competing {
            let who = competing.consumer ?? "another writer"
            parts.append(competing.changed.isEmpty ? who : "\(who) changed \(competing.changed.joined(separator: " "))")
        }
        if let message = entry.upstreamMessage { parts.append(message) }
        return parts.joined(separator: "; ")
    }

    /// Text that cannot disturb a terminal, of bearable length.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars.prefix(longest + 1) {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || isInvisible(scalar)
            plain.unicodeScalars.append(isControl ? " " : scalar)
        }
        return plain.unicodeScalars.count > longest ? String(plain.prefix(longest - 1)) + "…" : plain
    }

    /// Marks that turn the direction of writing or hide text.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
        default: false
        }
    }
}
