import Catalog
import HTTPSemantics
import JSONSchemaChecking

/// Reads one policy `prompt`.
struct PromptPart {
    /// The most messages of a template.
    static let mostMessages = 100

    /// The policy with its name.
    let member: Piece.Member
    /// Its name for messages.
    let path: String
    /// What the rest of the file defines.
    let surroundings: Surroundings

    private var piece: Piece { member.value }
    private var variableNames: Set<String> { Set((piece["variables"]?.members ?? []).map(\.name)) }

    /// The policy; `nil` if nothing usable is left of it, which then is a finding already.
    func policy(into findings: inout Findings) -> PromptPolicy? {
        let template = template(into: &findings)
        let variables = (piece["variables"]?.members ?? []).map { variable($0, into: &findings) }
        warnAboutUnused(template, into: &findings)
        if let model = piece["model"] { surroundings.checkModel(model, path: "\(path).model", into: &findings) }
        guard let model = piece.text("model").flatMap({ ModelName($0) }), !template.isEmpty else { return nil }
        var policy = PromptPolicy(model: model, template: template)
        policy.variables = variables
        if let schema = piece["output"]?["schema"], let text = JSONText.written(schema) {
            policy.output = .schema(text)
            check(text, at: schema.position, into: &findings)
        }
        policy.maxOutput = piece.number("max-output")
        policy.temperature = piece.text("temperature")
        return policy
    }

    /// Refuses a schema that answers could not be checked with.
    private func check(_ schema: String, at position: Position, into findings: inout Findings) {
        guard let value = try? JSONParser.parse(Array(schema.utf8)) else { return }
        do throws(JSONSchemaFault) {
            _ = try JSONSchema(value)
        } catch {
            return findings.error("'\(path).output.schema': \(error.summary)", at: position)
        }
        // OpenAI refuses any other.
        guard let type = value["type"], type.string != "object" else { return }
        findings.warning(
            "'\(path).output.schema': its type is not 'object', which some vendors refuse",
            hint: "write 'type: object', with what the answer is in one of its 'properties'",
            at: position
        )
    }

    private func template(into findings: inout Findings) -> [PromptMessage] {
        guard let written = piece["template"] else { return [] }
        if written.text != nil {
            return [message(.user, written, path: "\(path).template", into: &findings)].compactMap { $0 }
        }
        guard written.items.count <= Self.mostMessages else {
            let message = "'\(path).template' has more than \(Self.mostMessages) messages"
            findings.error(message, hint: "put some of them into one", at: written.position)
            return []
        }
        return written.items.enumerated().compactMap { index, item in
            guard let role = item.choice("role", as: PromptMessage.Role.self), let content = item["content"] else {
                return nil
            }
            return message(role, content, path: "\(path).template[\(index)].content", into: &findings)
        }
    }

    private func message(
        _ role: PromptMessage.Role,
        _ content: Piece,
        path: String,
        into findings: inout Findings
    ) -> PromptMessage? {
        guard let text = content.text, text.utf8.count <= 64 << 10 else { return nil }
        do {
            let message = try PromptMessage(role: role, parsing: text)
            let known = variableNames
            for name in message.variableNames where !known.contains(name) {
                let hint =
                    known.isEmpty
                    ? "add 'variables: { \(name.shortened): {} }'" : NearestName.hint(for: name, among: known.sorted())
                let fault = "'\(path)' uses {{\(name.shortened)}}, which is no variable"
                findings.error(fault, hint: hint, at: content.position)
            }
            return message
        } catch {
            findings.error(error, about: "'\(path)'", at: content.position)
            return nil
        }
    }

    private func variable(_ member: Piece.Member, into findings: inout Findings) -> PromptVariable {
        let piece = member.value
        let path = "\(path).variables.\(member.name.shortened)"
        var variable = PromptVariable(name: member.name)
        variable.kind = piece.choice("type", as: PromptVariable.Kind.self) ?? variable.kind
        variable.standard = piece.text("default")
        variable.isRequired = piece.flag("required") ?? (variable.standard == nil)
        variable.maxLength = piece.number("max-length")
        if variable.isRequired, let standard = piece.member("default"), variable.standard != nil {
            findings.error(
                "'\(path)' is required, so its 'default' has no effect",
                hint: "take one of them out",
                at: standard.position
            )
        }
        if variable.kind != .string, let limit = piece.member("max-length") {
            findings.error(
                "'\(path)': 'max-length' has no meaning for a \(variable.kind.rawValue)",
                hint: "take it out",
                at: limit.position
            )
        }
        checkDefault(of: variable, piece, path: path, into: &findings)
        return variable
    }

    private func checkDefault(
        of variable: PromptVariable,
        _ piece: Piece,
        path: String,
        into findings: inout Findings
    ) {
        guard let written = piece["default"], let text = variable.standard else { return }
        var fault: String?
        switch variable.kind {
        case .number where !JSONText.isNumber(text): fault = "is not a number"
        case .boolean where !["true", "false"].contains(text): fault = "is neither true nor false"
        case .string where text.unicodeScalars.count > variable.maxLength ?? .max: fault = "is longer than 'max-length'"
        default: break
        }
        if let fault { findings.error("'\(path).default': '\(text.shortened)' \(fault)", at: written.position) }
    }

    private func warnAboutUnused(_ template: [PromptMessage], into findings: inout Findings) {
        let used = Set(template.flatMap(\.variableNames))
        for variable in piece["variables"]?.members ?? [] where !used.contains(variable.name) && !template.isEmpty {
            findings.warning(
                "'\(path)': the template does not use the variable '\(variable.name.shortened)'",
                hint: "write {{\(variable.name.shortened)}} where it belongs, or take it out",
                at: variable.position
            )
        }
    }
}
