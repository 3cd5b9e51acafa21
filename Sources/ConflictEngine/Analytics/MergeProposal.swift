/// How documents of a route should be merged, as far as the changes seen tell.
///
/// An array whose elements change inside is keyed by `id`, which is a guess to be checked; one whose elements come and go as
/// a whole is a set; members that only mean something together are a group.
struct MergeProposal {
    /// Arrays of objects, most changed first.
    let keyed: [String]
    /// Arrays of plain values, most changed first.
    let sets: [String]
    /// Pairs of members that change together.
    let groups: [[String]]
    /// Members outside of arrays, most changed first.
    let fields: [String]

    /// Names of members that are halves of one value.
    private static let pairs = [
        ("start", "end"), ("begin", "end"), ("from", "to"), ("min", "max"), ("amount", "currency"), ("lat", "lon"),
        ("lat", "lng"), ("latitude", "longitude"), ("width", "height"),
    ]

    /// The proposal that follows from `changes`: what each competing write changed.
    init(_ changes: [[String]]) {
        var inside: [String: Int] = [:]
        var whole: [String: Int] = [:]
        var plain: [String: Int] = [:]
        for pointer in changes.joined().map({ ChangedPointer($0) }) where !pointer.isWhole {
            switch pointer.array {
            case let array? where pointer.isInsideElement: inside[array, default: 0] += 1
            case let array?: whole[array, default: 0] += 1
            case nil: plain[pointer.pattern, default: 0] += 1
            }
        }
        keyed = Self.ranked(inside)
        // Objects that come and go appear as whole elements too.
        sets = Self.ranked(whole.filter { inside[$0.key] == nil })
        fields = Self.ranked(plain)
        groups = Self.groups(changes)
    }

    /// Whether merging would tell these changes apart: one plain member alone it would not.
    var isUseful: Bool { !keyed.isEmpty || !sets.isEmpty || fields.count > 1 }

    /// What is merged and how, as the end of a sentence; begins with a space unless empty.
    var words: String {
        var parts = keyed.map { "\($0) by id" } + sets.map { "\($0) as a set" }
        if parts.isEmpty { parts = fields }
        parts = Array(parts.prefix(AnalysisThresholds.pointers))
        guard let last = parts.last else { return "" }
        let start = parts.dropLast().joined(separator: ", ")
        return " of " + (start.isEmpty ? last : start + " and " + last)
    }

    /// The value of the key `merge` in YAML.
    var yaml: String {
        var parts = ["mode: json"]
        if !keyed.isEmpty {
            parts.append("keyed: { \(keyed.map { "\(FlowScalar.text($0)): id" }.joined(separator: ", ")) }")
        }
        if !sets.isEmpty { parts.append("sets: [\(Self.list(sets))]") }
        if !groups.isEmpty { parts.append("groups: [\(groups.map { "[\(Self.list($0))]" }.joined(separator: ", "))]") }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    private static func list(_ pointers: [String]) -> String {
        pointers.map(FlowScalar.text).joined(separator: ", ")
    }

    private static func ranked(_ counts: [String: Int]) -> [String] {
        let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return ordered.prefix(AnalysisThresholds.pointers).map(\.key)
    }

    /// Pairs of which both halves were changed in the same object, by one write or by several.
    private static func groups(_ changes: [[String]]) -> [[String]] {
        let outside = changes.joined().filter { ChangedPointer($0).array == nil }
        let all = Set(outside)
        var found: Set<[String]> = []
        for pointer in all {
            guard let slash = pointer.lastIndex(of: "/") else { continue }
            let parent = pointer[...slash]
            for (first, second) in pairs where pointer == parent + first && all.contains(parent + second) {
                found.insert([pointer, parent + second])
            }
        }
        return Array(found.sorted { $0.lexicographicallyPrecedes($1) }.prefix(AnalysisThresholds.pointers))
    }
}
