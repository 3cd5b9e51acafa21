package import HTTPSemantics

extension HeldLock {
    /// The lock for people and programs: `token resource scope depth owner fence granted_at expires_at`.
    package var document: JSONObject {
        var object = JSONObject()
        object.set("token", to: .string(token.description))
        object.set("resource", to: .string(String(decoding: root.path, as: UTF8.self)))
        object.set("scope", to: .string(scope.rawValue))
        object.set("depth", to: .string(depth.rawValue))
        let owner = try? LockOwner(element: self.owner)  // empty where the creator said nothing
        object.set("owner", to: owner.map { .string(String(decoding: $0.text, as: UTF8.self)) } ?? .null)
        object.set("fence", to: .number(JSONNumber(fence)))
        object.set("granted_at", to: .string(RFC3339.text(milliseconds: grantedAt)))
        object.set("expires_at", to: .string(RFC3339.text(milliseconds: expiresAt)))
        return object
    }
}
