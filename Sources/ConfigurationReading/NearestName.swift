/// Finds the name that a writer probably meant.
enum NearestName {
    /// The name in `names` nearest to `written`, if one is near enough.
    static func to(_ written: String, among names: some Sequence<String>) -> String? {
        let wanted = spelling(written)
        var best: (name: String, distance: Int)?
        for name in names {
            let candidate = spelling(name)
            let limit = max(wanted.count >= 4 ? 2 : 1, max(wanted.count, candidate.count) / 3)
            guard abs(wanted.count - candidate.count) <= limit else { continue }
            let distance = distance(from: wanted, to: candidate)
            guard distance <= limit, distance < candidate.count else { continue }
            if best.map({ (distance, name) < ($0.distance, $0.name) }) ?? true { best = (name, distance) }
        }
        return best?.name
    }

    /// A question for the end of a message, or the names there are, if they are few.
    static func hint(for written: String, among names: [String]) -> String? {
        if let near = to(written, among: names) { return "did you mean '\(near)'?" }
        guard !names.isEmpty, names.count <= 12 else { return nil }
        return "possible: " + names.map { "'\($0)'" }.joined(separator: ", ")
    }

    /// Lower case and dashes, so that `keyAuth`, `key_auth` and `key-auth` are neighbours.
    private static func spelling(_ name: String) -> [Character] {
        name.prefix(64).lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
    }

    /// Edits between two texts, where swapping neighbours counts as one (optimal string alignment).
    private static func distance(from left: [Character], to right: [Character]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var before = [Int](repeating: 0, count: right.count + 1)
        var above = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let isSame = left[row - 1] == right[column - 1]
                var cost = min(above[column] + 1, current[column - 1] + 1, above[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                current.append(cost)
            }
            (before, above) = (above, current)
        }
        return above[right.count]
    }
}
