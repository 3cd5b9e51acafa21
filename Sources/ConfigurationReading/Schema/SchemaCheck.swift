import Catalog

/// Compares pieces with the schema: keys, types and ranges, one by one and without regard to each other.
struct SchemaCheck {
    /// What was found.
    private(set) var findings: Findings

    /// A check that adds to `findings`.
    init(findings: Findings) { self.findings = findings }

    /// Checks `piece`, which stands behind `path`; `position` is where the key stands, which perhaps must be there.
    mutating func check(
        _ piece: Piece,
        is form: ValueForm,
        path: String,
        at position: Position,
        isRequired: Bool = false
    ) {
        if case .broken = piece.content { return }
        switch form {
        case .section(let section): checkSection(piece, section, form, path, at: position)
        case .switchable(let section):
            if piece.text == "off" { return }
            checkSection(piece, section, form, path, at: position)
        case .wordOr(let words, let section):
            if case .scalar = piece.content { return checkScalar(piece, .choice(words, later: []), path) }
            checkSection(piece, section, form, path, at: position)
        case .named(let inner, let noun):
            guard piece.isNothing || expectSection(piece, form, path) else { return }
            for member in piece.members {
                checkName(member, noun: noun, path: path)
                check(member.value, is: inner, path: "\(path).\(member.name.shortened)", at: member.position)
            }
        case .textOrList(let rule, let inner):
            if case .list = piece.content {
                return checkList(piece, of: (inner, 1), form, path, isRequired: isRequired)
            }
            checkScalar(piece, .text(rule), path)
        case .json:
            guard expectSection(piece, form, path) else { return }
            JSONText.check(piece, path: path, into: &findings)
        case .list(let inner, let least):
            checkList(piece, of: (inner, least), form, path, isRequired: isRequired)
        default: checkScalar(piece, form, path)
        }
    }

    private mutating func checkSection(
        _ piece: Piece,
        _ section: SchemaSection,
        _ form: ValueForm,
        _ path: String,
        at position: Position
    ) {
        guard piece.isNothing || expectSection(piece, form, path) else { return }
        for member in piece.members {
            let below = path.isEmpty ? member.name.shortened : "\(path).\(member.name.shortened)"
            if let key = section.key(member.name) {
                check(member.value, is: key.form, path: below, at: member.position, isRequired: key.isRequired)
            } else {
                reportUnknown(member, of: section, path: path)
            }
        }
        for key in section.keys where key.isRequired && piece.member(key.name) == nil {
            let place = path.isEmpty ? "the file" : "'\(path)'"
            let hint = path.isEmpty && key.name == "parley" ? "write 'parley: 1' on the first line" : key.hintIfMissing
            findings.error("\(place) lacks the key '\(key.name)'", hint: hint, at: position)
        }
    }

    private mutating func expectSection(_ piece: Piece, _ form: ValueForm, _ path: String) -> Bool {
        if case .section = piece.content { return true }
        reportType(piece, form, path)
        return false
    }

    private mutating func checkList(
        _ piece: Piece,
        of items: (form: ValueForm, least: Int),
        _ form: ValueForm,
        _ path: String,
        isRequired: Bool
    ) {
        if piece.isNothing, items.least == 0 { return }
        guard case .list(let pieces) = piece.content else {
            let isSecret = form.section?.holdsSecret == true
            return reportType(piece, form, path, hint: isSecret ? nil : piece.text.map { "write [\($0.shortened)]" })
        }
        if pieces.count < items.least {
            let hint = isRequired ? "list at least one" : "leave the key out, or list at least one"
            findings.error("'\(path)' is empty", hint: items.least == 1 ? hint : nil, at: piece.position)
        }
        for (index, item) in pieces.enumerated() {
            check(item, is: items.form, path: "\(path)[\(index)]", at: item.position)
        }
    }

    private mutating func checkName(_ member: Piece.Member, noun: String, path: String) {
        guard let remedy = MemberName.remedy(for: member.name, noun: noun) else { return }
        let article = noun == "upstream" ? "an" : "a"
        findings.error(
            "'\(member.name.shortened)' cannot name \(article) \(noun)",
            hint: remedy,
            at: member.position
        )
    }

    private mutating func reportUnknown(_ member: Piece.Member, of section: SchemaSection, path: String) {
        let place = path.isEmpty ? "at the top of the file" : "in '\(path)'"
        if section.later.contains(member.name) {
            let hint = "take it out until the version that has it"
            findings.error(
                "'\(member.name)' \(place) is not available in this version",
                hint: hint,
                at: member.position
            )
            return
        }
        findings.error(
            "unknown key '\(member.name.shortened)' \(place)",
            hint: section.hint(forUnknown: member.name),
            at: member.position
        )
    }

    private mutating func reportType(_ piece: Piece, _ form: ValueForm, _ path: String, hint: String? = nil) {
        let place = path.isEmpty ? "the file" : "'\(path)'"
        if piece.isEmptyVariable {
            let remedy = "set it to \(form.described)"
            return findings.error("\(place): its environment variable is empty", hint: remedy, at: piece.position)
        }
        var found = piece.described
        if form.section?.holdsSecret == true, piece.text != nil { found = "a text" }
        findings.error("\(place): expected \(form.described), found \(found)", hint: hint, at: piece.position)
    }

    private mutating func checkScalar(_ piece: Piece, _ form: ValueForm, _ path: String) {
        guard case .scalar(let scalar) = piece.content, !scalar.isNothing else {
            return reportType(piece, form, path)
        }
        switch ScalarCheck(form: form).verdict(on: scalar) {
        case .fits: break
        case .otherType: reportType(piece, form, path)
        case .fault(let fault):
            var shown = scalar.isFromEnvironment ? "the value of its variable" : "'\(scalar.text.shortened)'"
            if case .text(let rule) = form, rule.isSecret, !scalar.isFromEnvironment { shown = "the value" }
            findings.error(fault, about: "'\(path)': \(shown)", at: piece.position)
        }
    }
}

extension SchemaKey {
    fileprivate var hintIfMissing: String? { "it is \(form.described)" }
}

extension SchemaSection {
    /// What to write instead of an unknown key: a neighbour, or the section below to which it belongs.
    fileprivate func hint(forUnknown name: String) -> String? {
        if let near = NearestName.to(name, among: keys.map(\.name)) { return "did you mean '\(near)'?" }
        for key in keys {
            if let below = key.form.section, below.key(name) != nil { return "it belongs under '\(key.name)'" }
        }
        return NearestName.hint(for: name, among: keys.map(\.name))
    }
}
