package import Catalog
package import HTTPSemantics

/// What is looked for in the texts of calls, compiled once and shared by everyone.
///
/// Each rule finds its leftmost matches, each as long as it can be, without overlaps. Where findings of several rules
/// that mask overlap, all of their text goes, and one replacement comes: that of the leftmost, and of those the longest.
/// So nothing stays of a text only because a part of it was something else. A finding that is within masked text is not
/// told. Rules that log see everything and change nothing; a rule that refuses ends the text where its finding begins.
///
/// A `*` in a rule's places stands for any one step: an index or a member. A place covers all that is below it. Texts
/// that are in no body, and streams whose place is not told, are looked at by rules without places only.
package struct ContentRules: Sendable {
    private let rules: [ContentRule]

    /// Compiles `guards`; names the first that cannot be used.
    package init(compiling guards: [ContentGuard]) throws(ContentRuleFault) {
        var rules: [ContentRule] = []
        for (index, rule) in guards.enumerated() { rules.append(try ContentRule(rule, at: index)) }
        self.rules = rules
    }

    /// Whether `pattern` can be used as a regular expression; the fault says what to change.
    package static func check(regex pattern: String) throws(TextFault) {
        do throws(RegexFault) {
            _ = try RegexFinder(pattern)
        } catch {
            throw TextFault(error.summary, remedy: error.remedy)
        }
    }

    /// Whether a text of `direction` could be changed, refused or logged at all.
    package func looks(at direction: ContentGuard.Direction) -> Bool {
        rules.contains { $0.looks(at: direction) }
    }

    /// Applies the rules to a whole text; `place` is where it stands in a body.
    package func apply(
        to text: String,
        _ direction: ContentGuard.Direction,
        at place: JSONPointer? = nil
    ) -> GuardedText {
        apply(to: text, rules(for: direction, at: place?.tokens))
    }

    /// Applies the rules to a whole text, those with places too, wherever it stands.
    package func apply(to text: String, everywhere direction: ContentGuard.Direction) -> GuardedText {
        apply(to: text, rules(everywhere: direction))
    }

    /// The rules for texts of `direction` at `place`.
    func rules(for direction: ContentGuard.Direction, at place: [String]?) -> [ContentRule] {
        rules.filter { $0.looks(at: place, direction) }
    }

    /// The rules for texts of `direction`, whatever their places.
    func rules(everywhere direction: ContentGuard.Direction) -> [ContentRule] {
        rules.filter { $0.looks(at: direction) }
    }

    private func apply(to text: String, _ rules: [ContentRule]) -> GuardedText {
        var scan = ContentScan(rules)
        let bytes = text.utf8.span
        scan.search(bytes, isFinal: true)
        guard scan.hasChanges else {
            return GuardedText(text: text, findings: scan.findings.inOrder, isRefused: false)
        }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        scan.release(bytes, isFinal: true, into: &output)
        let guarded = String(decoding: output, as: UTF8.self)
        return GuardedText(text: guarded, findings: scan.findings.inOrder, isRefused: scan.isRefused)
    }
}

extension [ContentFinding] {
    /// By where they begin, then by where they end.
    fileprivate var inOrder: Self {
        sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    }
}
