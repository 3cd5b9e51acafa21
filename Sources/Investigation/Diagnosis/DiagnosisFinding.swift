package import ConflictEngine

/// One conflict in a file, explained.
package struct DiagnosisFinding: Sendable {
    /// What it is.
    package enum Subject: Sendable {
        /// An answer that reports a conflict.
        case conflict(ConflictFinding)
        /// Something that several exchanges show.
        case pattern(DiagnosisPattern)
    }

    /// What it is.
    package var subject: Subject
    /// The exchange in which it shows.
    package var exchange: DiagnosedExchange
    /// Other exchanges that belong to it, earliest first.
    package var related: [DiagnosisPlace] = []
    /// What happened here, in sentences.
    package var story: [String] = []

    /// The name of its kind or pattern.
    package var name: String {
        switch subject {
        case .conflict(let finding): finding.kind.rawValue
        case .pattern(let pattern): pattern.rawValue
        }
    }

    /// One sentence that is the same for every occurrence.
    package var title: String {
        switch subject {
        case .conflict(let finding): finding.kind.title
        case .pattern(let pattern): pattern.title
        }
    }

    /// How such a conflict comes about; `nil` where the story says it.
    package var cause: String? {
        guard case .conflict(let finding) = subject else { return nil }
        return ProblemEntry.named(finding.kind.rawValue)?.cause
    }

    /// What to do, step by step.
    package var steps: [String] {
        switch subject {
        case .conflict(let finding):
            ProblemEntry.named(finding.kind.rawValue)?.steps ?? [finding.kind.defaultDetail]
        case .pattern(let pattern): pattern.steps
        }
    }

    /// Whether the same request may be sent again; `nil` where that is not the question.
    package var again: String? {
        guard case .conflict(let finding) = subject else { return nil }
        return ProblemEntry.named(finding.kind.rawValue)?.again
    }
}
