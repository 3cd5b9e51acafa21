import ContentGuarding
import HTTPSemantics

extension SchemaCheck {
    /// Whether the members of an object obey a rule for objects.
    mutating func membersObey(_ rule: SchemaRule, _ object: JSONObject) -> Bool {
        switch rule {
        case .memberCount(let bound): bound.allows(object.members.count) || fail(bound.keyword, bound.message)
        case .required(let names): has(object, names)
        case .dependentNames(let pairs): hasDependents(object, pairs)
        case .memberNames(let schema): namesFit(object, schema)
        case .members(let schemas): membersFit(object, schemas)
        case .dependentSchemas(let pairs): fitsDependents(object, pairs)
        default: true
        }
    }

    private mutating func has(_ object: JSONObject, _ names: [String]) -> Bool {
        var fits = true
        for name in names where !isDone(fits) {
            spend(1)
            if object[name] == nil { fits = fail("required", "must have the member \(Wording.name(name))") }
        }
        return fits
    }

    private mutating func hasDependents(_ object: JSONObject, _ pairs: [(name: String, needed: [String])]) -> Bool {
        var fits = true
        spend(pairs.count)
        for (name, needed) in pairs where object[name] != nil {
            for other in needed where !isDone(fits) {
                spend(1)
                guard object[other] == nil else { continue }
                let (missing, cause) = (Wording.name(other), Wording.name(name))
                fits = fail("dependentRequired", "must have the member \(missing), since it has \(cause)")
            }
        }
        return fits
    }

    private mutating func namesFit(_ object: JSONObject, _ schema: Int) -> Bool {
        var fits = true
        for (position, member) in object.members.enumerated() where !isDone(fits) {
            let name = JSONValue.string(member.name)
            path.enter(member.name, position)
            if !probe(schema, name) {
                let message = isNoting ? firstMessage(schema, name) : ""
                fits = fail("propertyNames", "has a name that \(message)")
            }
            path.leave()
        }
        return fits
    }

    private mutating func membersFit(_ object: JSONObject, _ schemas: MemberSchemas) -> Bool {
        var fits = true
        for (position, member) in object.members.enumerated() where !isDone(fits) {
            path.enter(member.name, position)
            fits = memberFits(member, schemas) && fits
            path.leave()
        }
        return fits
    }

    private mutating func memberFits(_ member: JSONObject.Member, _ schemas: MemberSchemas) -> Bool {
        var fits = true
        var isOther = true
        spend(1, bytes: member.name.utf8.count &* (1 &+ schemas.patterned.count))
        guard !isExhausted else { return false }
        if let schema = schemas.named[ExactName(member.name)] {
            isOther = false
            fits = apply(schema, to: member.value)
        }
        for (pattern, schema) in schemas.patterned where pattern.matches(in: member.name) {
            isOther = false
            fits = apply(schema, to: member.value) && fits
        }
        if isOther, let schema = schemas.others { fits = apply(schema, to: member.value) }
        return fits
    }

    private mutating func fitsDependents(_ object: JSONObject, _ pairs: [(name: String, schema: Int)]) -> Bool {
        var fits = true
        spend(pairs.count)
        for (name, schema) in pairs where !isDone(fits) && object[name] != nil {
            fits = apply(schema, to: .object(object)) && fits
        }
        return fits
    }
}
