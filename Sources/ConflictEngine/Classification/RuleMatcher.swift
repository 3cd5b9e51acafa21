import Catalog

/// An operator's rule in comparable form.
struct RuleMatcher: Sendable {
    /// Status it applies to; `nil` any that is looked at.
    let status: Int?
    /// The kind it gives.
    let kind: ConflictKind
    private let body: String?
    private let header: (name: String, value: String)?

    /// Compiles a rule; `nil` for a kind that does not exist.
    init?(_ rule: ClassificationRule) {
        guard let kind = ConflictKind(rawValue: rule.kind) else { return nil }
        self.kind = kind
        status = rule.status
        body = rule.body.map { ASCIIText.lower($0) }
        header = rule.header.map { (ASCIIText.lower($0.name), ASCIIText.lower($0.value)) }
    }

    /// Whether all conditions of the rule hold.
    func matches(_ answer: ObservedAnswer) -> Bool {
        if let status, status != answer.status { return false }
        if let header {
            let values = answer.fields.filter { $0.name == header.name }.map { ASCIIText.lower($0.value) }
            guard values.contains(where: { header.value.isEmpty || SearchText($0.utf8).holds(header.value) }) else {
                return false
            }
        }
        guard let body else { return true }
        return Self.contains(Array(body.utf8), in: ASCIIText.lower(answer.body.prefix(BodyContents.limit)))
    }

    private static func contains(_ needle: [UInt8], in text: [UInt8]) -> Bool {
        guard let first = needle.first else { return true }
        var index = 0
        while index + needle.count <= text.count {
            if text[index] == first, text[index..<(index + needle.count)].elementsEqual(needle) { return true }
            index += 1
        }
        return false
    }
}
