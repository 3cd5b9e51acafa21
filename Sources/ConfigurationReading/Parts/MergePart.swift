import Catalog
import ConflictEngine

/// Reads the key `merge` of one policy `conflict`.
struct MergePart {
    /// What stands behind the key.
    let member: Piece.Member
    /// The policy's name for messages.
    let path: String

    /// The policy; `nil` if it says `mode: off`.
    func policy(at level: ConflictPolicy.Level, into findings: inout Findings) -> MergePolicy? {
        let piece = member.value
        guard piece.text("mode") != "off" else { return nil }
        if level != .serialise, level != .fenced {
            findings.error(
                "'\(path)': 'merge' is impossible at the level \(level.rawValue), where the gateway does not know the "
                    + "current version",
                hint: "use 'level: serialise'",
                at: member.position
            )
        }
        var policy = MergePolicy()
        policy.atomic = piece.texts("atomic") ?? []
        policy.keyed = keyed(into: &findings)
        policy.sets = piece.texts("sets") ?? []
        policy.counters = piece.texts("counters") ?? []
        policy.groups = (piece["groups"]?.items ?? []).map { $0.items.compactMap(\.text) }
        policy.attempts = piece.number("attempts") ?? policy.attempts
        for contradiction in MergeRules(policy).contradictions {
            findings.error("'\(path).merge': \(contradiction.droppingFullStop)", at: member.position)
        }
        return policy
    }

    private func keyed(into findings: inout Findings) -> [MergePolicy.Keyed] {
        (member.value["keyed"]?.members ?? []).compactMap { keyed in
            do throws(TextFault) {
                try PointerText.check(keyed.name)
            } catch {
                findings.error(error, about: "'\(path).merge.keyed': '\(keyed.name.shortened)'", at: keyed.position)
            }
            return keyed.value.text.map { MergePolicy.Keyed(place: keyed.name, field: $0) }
        }
    }
}

extension String {
    /// The text as the beginning of a longer sentence.
    fileprivate var droppingFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
