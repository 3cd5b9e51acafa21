import HTTPSemantics

extension JSONMergePatch {
    /// A patch that makes `to` of `from`; `nil` if no merge patch can: none can give a member the value null.
    static func between(_ from: JSONValue, _ to: JSONValue) -> JSONMergePatch? {
        difference(from, to).map(JSONMergePatch.init)
    }

    private static func difference(_ from: JSONValue, _ to: JSONValue) -> JSONValue? {
        guard case .object(let after) = to else { return to == .null ? nil : to }
        var before = JSONObject()
        if case .object(let object) = from { before = object }
        var patch = JSONObject()
        for member in after.members where before[member.name] != member.value {
            guard let value = difference(before[member.name] ?? .null, member.value) else { return nil }
            patch.set(member.name, to: value)
        }
        for member in before.members where after[member.name] == nil { patch.set(member.name, to: .null) }
        return .object(patch)
    }
}
