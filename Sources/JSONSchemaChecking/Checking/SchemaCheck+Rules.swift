import ContentGuarding
import HTTPSemantics

extension SchemaCheck {
    /// Whether `value` obeys `rule`, which is of the schema under `keyword`.
    mutating func obeys(_ rule: SchemaRule, _ value: JSONValue, _ keyword: String) -> Bool {
        if case .number(let number) = value { spend(0, bytes: number.text.count) }
        switch (rule, value) {
        case (.nothing, _):
            return fail(keyword, keyword.isEmpty ? "cannot fit, since the schema allows nothing" : "must not be there")
        case (.type(let kinds), _):
            return !kinds.isDisjoint(with: JSONKinds(of: value)) || fail("type", "must be \(kinds.words)")
        case (.values(let allowed), _): return isAmong(allowed, value)
        case (.bound(let bound), .number(let number)):
            return bound.allows(ExactDecimal(number)) || fail(bound.side.rawValue, bound.message)
        case (.multiple(let divisor, let text), .number(let number)):
            return ExactDecimal(number).isMultiple(of: divisor) || fail("multipleOf", "must be a multiple of \(text)")
        case (.length(let bound), .string(let text)):
            spend(0, bytes: text.utf8.count)
            return bound.allows(text.unicodeScalars.count) || fail(bound.keyword, bound.message)
        case (.pattern(let pattern, let written), .string(let text)):
            spend(0, bytes: text.utf8.count)
            guard !isExhausted else { return false }
            return pattern.matches(in: text) || fail("pattern", "must match the regular expression \(written)")
        case (_, .array(let elements)): return elementsObey(rule, elements) && isObeyed(rule, value)
        case (_, .object(let object)): return membersObey(rule, object) && isObeyed(rule, value)
        default: return isObeyed(rule, value)
        }
    }

    /// Whether `value` is one of those that are allowed.
    private mutating func isAmong(_ allowed: AllowedValues, _ value: JSONValue) -> Bool {
        for candidate in allowed.values where equal(candidate, value) { return !isExhausted }
        return fail(allowed.keyword, "must be \(allowed.words)")
    }

    /// Whether both are the same, at the cost of the smaller one; once too much has been done, nothing is.
    private mutating func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        spend(1)
        guard !isExhausted else { return false }
        switch (left, right) {
        case (.number(let one), .number(let other)):
            spend(0, bytes: one.text.count &+ other.text.count)
            return one == other
        case (.string(let one), .string(let other)):
            spend(0, bytes: min(one.utf8.count, other.utf8.count))
            return left == right
        case (.array(let one), .array(let other)):
            guard one.count == other.count else { return false }
            for (left, right) in zip(one, other) where !equal(left, right) { return false }
            return true
        case (.object(let one), .object(let other)):
            guard one.members.count == other.members.count else { return false }
            for member in one.members {
                spend(0, bytes: member.name.utf8.count)
                guard let value = other[member.name], equal(member.value, value) else { return false }
            }
            return true
        default: return left == right
        }
    }
}
