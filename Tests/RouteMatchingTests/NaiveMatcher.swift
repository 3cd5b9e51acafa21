import Catalog
import RouteMatching

/// The rules of matching in their plainest form: look at every route and sort what fits.
struct NaiveMatcher {
    var entries: [RouteTable.Entry]

    func match(_ method: String, _ path: String, host: String) -> RouteMatch {
        let fits = entries.flatMap { self.fits(of: $0, path, host) }
        let taken = fits.filter { $0.entry.methods?.contains(method) ?? true }
        if let best = taken.min(by: { ($0.rank, $0.entry.index) < ($1.rank, $1.entry.index) }) {
            return .route(index: best.entry.index, captures: best.captures)
        }
        guard !fits.isEmpty else { return .notFound }
        return .methodNotAllowed(allowed: Set(fits.flatMap { $0.entry.methods ?? [] }).sorted())
    }

    private struct Fit {
        var entry: RouteTable.Entry
        /// Smaller is more specific: first the host, then each segment.
        var rank: Rank
        var captures: PathCaptures
    }

    private struct Rank: Comparable {
        var parts: [Int]
        static func < (left: Self, right: Self) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }
    }

    private func fits(of entry: RouteTable.Entry, _ path: String, _ host: String) -> [Fit] {
        guard let (segmentRanks, captures) = fit(entry.pattern.segments, path) else { return [] }
        let hostRanks = entry.hosts.isEmpty ? [Int.max] : entry.hosts.compactMap { rank($0, host) }
        return hostRanks.map { Fit(entry: entry, rank: Rank(parts: [$0] + segmentRanks), captures: captures) }
    }

    private func rank(_ pattern: HostPattern, _ field: String) -> Int? {
        var name = String(field.split(separator: ":", omittingEmptySubsequences: false).first ?? "").lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        if !pattern.isWildcard { return name == pattern.name ? 0 : nil }
        let suffix = "." + pattern.name
        return name.hasSuffix(suffix) && name.utf8.count > suffix.utf8.count ? 1000 - pattern.name.utf8.count : nil
    }

    private func fit(_ segments: [PathPattern.Segment], _ path: String) -> ([Int], PathCaptures)? {
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var ranks: [Int] = []
        var ranges: [Range<Int>] = []
        for (position, segment) in segments.enumerated() {
            let start =
                position < parts.count
                ? path.utf8.distance(from: path.startIndex, to: parts[position].startIndex) : path.utf8.count
            switch segment {
            case .tail:
                return (ranks + [2], PathCaptures(ranges + [start..<path.utf8.count]))
            case .literal(let bytes):
                guard position < parts.count, Array(parts[position].utf8) == bytes else { return nil }
                ranks.append(0)
            case .parameter:
                guard position < parts.count, !parts[position].isEmpty else { return nil }
                ranks.append(1)
                ranges.append(start..<start + parts[position].utf8.count)
            }
        }
        return parts.count == segments.count ? (ranks, PathCaptures(ranges)) : nil
    }
}
