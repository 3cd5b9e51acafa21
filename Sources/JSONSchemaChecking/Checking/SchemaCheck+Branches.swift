import HTTPSemantics

extension SchemaCheck {
    /// Whether `value` obeys a rule that leads to other schemas of the same value.
    mutating func isObeyed(_ rule: SchemaRule, _ value: JSONValue) -> Bool {
        switch rule {
        case .reference(let schema): return apply(schema, to: value)
        case .all(let schemas): return fitsAll(schemas, value)
        case .any(let schemas): return fitsAny(schemas, value)
        case .one(let schemas): return fitsOne(schemas, value)
        case .not(let schema): return !probe(schema, value) || fail("not", "must not fit the schema under not")
        case .condition(let condition, let then, let otherwise):
            guard let schema = probe(condition, value) ? then : otherwise else { return true }
            return apply(schema, to: value)
        default: return true
        }
    }

    private mutating func fitsAll(_ schemas: [Int], _ value: JSONValue) -> Bool {
        var fits = true
        for schema in schemas where !isDone(fits) { fits = apply(schema, to: value) && fits }
        return fits
    }

    private mutating func fitsAny(_ schemas: [Int], _ value: JSONValue) -> Bool {
        for schema in schemas where probe(schema, value) { return true }
        return failAlternatives("anyOf", schemas, value, "must fit at least one of \(schemas.count) alternatives")
    }

    private mutating func fitsOne(_ schemas: [Int], _ value: JSONValue) -> Bool {
        var found: [Int] = []
        for (index, schema) in schemas.enumerated() where found.count < 2 && probe(schema, value) {
            found.append(index)
        }
        if found.count == 1 { return true }
        let message = "must fit exactly one of \(schemas.count) alternatives"
        guard found.count == 2 else { return failAlternatives("oneOf", schemas, value, message) }
        return fail("oneOf", "\(message), and fits number \(found[0] + 1) and number \(found[1] + 1)")
    }

    /// Notes what is wrong with the only alternative for values of this type, or else that none fits.
    private mutating func failAlternatives(
        _ keyword: String,
        _ schemas: [Int],
        _ value: JSONValue,
        _ message: String
    ) -> Bool {
        guard isNoting else { return false }
        let kinds = JSONKinds(of: value)
        var open: [Int] = []
        for schema in schemas where open.count < 2 && isOpen(schema, to: kinds) { open.append(schema) }
        guard open.count == 1 else { return fail(keyword, message) }
        return apply(open[0], to: value)
    }

    /// Whether the type alone does not rule out that a value fits a schema; references are followed.
    private func isOpen(_ schema: Int, to kinds: JSONKinds) -> Bool {
        nodes[schema].rules.allSatisfy { rule in
            switch rule {
            case .nothing: false
            case .type(let allowed): !allowed.isDisjoint(with: kinds)
            case .values(let allowed): !allowed.kinds.isDisjoint(with: kinds)
            case .reference(let target): isOpen(target, to: kinds)
            default: true
            }
        }
    }
}
