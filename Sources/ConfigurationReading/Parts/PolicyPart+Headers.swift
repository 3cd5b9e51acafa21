import Catalog

extension PolicyPart {
    /// The header changes; what is unusable is left out.
    func headers(into findings: inout Findings) -> HeaderPolicy? {
        guard let member = member("headers") else { return nil }
        var policy = HeaderPolicy()
        policy.request = changes(member.value["request"], direction: "request", into: &findings)
        policy.response = changes(member.value["response"], direction: "response", into: &findings)
        return policy
    }

    private func changes(
        _ piece: Piece?,
        direction: String,
        into findings: inout Findings
    ) -> HeaderPolicy.Changes {
        var changes = HeaderPolicy.Changes()
        let path = "\(path("headers")).\(direction)"
        var names: Set<String> = []
        for member in piece?["set"]?.members ?? [] {
            let value = member.value.text ?? ""
            do {
                try FieldName.checkIsFree(member.name)
            } catch {
                findings.error(error, about: "'\(path).set': '\(member.name.shortened)'", at: member.position)
                continue
            }
            do {
                try FieldName.checkValue(value)
            } catch {
                findings.error(error, about: "'\(path).set.\(member.name)': the value", at: member.value.position)
            }
            if !names.insert(member.name.lowercased()).inserted {
                let hint = "field names are the same in any case"
                findings.error("'\(path).set' has '\(member.name)' twice", hint: hint, at: member.position)
            }
            changes.set.append(HeaderPolicy.Field(name: member.name, value: value))
        }
        for item in piece?["remove"]?.items ?? [] {
            guard let name = item.text, FieldName.isToken(name) else { continue }
            do {
                try FieldName.checkIsFree(name)
                changes.remove.append(name.lowercased())
            } catch {
                findings.error(error, about: "'\(path).remove': '\(name.shortened)'", at: item.position)
            }
        }
        return changes
    }
}
