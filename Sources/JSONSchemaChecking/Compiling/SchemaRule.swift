import ContentGuarding
import HTTPSemantics

/// What one keyword, or a few that belong together, ask of a value.
///
/// Other schemas are named by their place in the list of nodes. A rule for one type of value says nothing of the others.
enum SchemaRule: Sendable {
    /// Nothing fits: the schema `false`.
    case nothing
    /// `type`.
    case type(JSONKinds)
    /// `enum` or `const`.
    case values(AllowedValues)
    /// `minimum`, `maximum` and their exclusive sisters.
    case bound(NumberBound)
    /// `multipleOf`; the text is the divisor as written.
    case multiple(ExactDivisor, text: String)
    /// `minLength` and `maxLength`, of characters (Unicode scalars).
    case length(CountBound)
    /// `pattern`; the text is the expression.
    case pattern(LinearPattern, text: String)
    /// `minItems` and `maxItems`.
    case elementCount(CountBound)
    /// `prefixItems` and `items`: a schema for each of the first elements, and one for the rest.
    case elements(first: [Int], rest: Int?)
    /// `uniqueItems`.
    case distinctElements
    /// `contains` with its counts.
    case contains(Int, least: Int, most: Int?)
    /// `minProperties` and `maxProperties`.
    case memberCount(CountBound)
    /// `required`.
    case required([String])
    /// `dependentRequired`: names that must be there if another one is.
    case dependentNames([(name: String, needed: [String])])
    /// `propertyNames`.
    case memberNames(Int)
    /// `properties`, `patternProperties` and `additionalProperties`.
    case members(MemberSchemas)
    /// `dependentSchemas`: schemas of the whole object if it has a name.
    case dependentSchemas([(name: String, schema: Int)])
    /// `$ref`.
    case reference(Int)
    /// `allOf`.
    case all([Int])
    /// `anyOf`.
    case any([Int])
    /// `oneOf`.
    case one([Int])
    /// `not`.
    case not(Int)
    /// `if` with `then` and `else`.
    case condition(Int, then: Int?, otherwise: Int?)

    /// The schemas that are applied to the very same value.
    var schemasInPlace: [Int] {
        switch self {
        case .reference(let schema), .not(let schema): [schema]
        case .all(let schemas), .any(let schemas), .one(let schemas): schemas
        case .condition(let schema, let then, let otherwise): [schema] + [then, otherwise].compactMap(\.self)
        case .dependentSchemas(let pairs): pairs.map(\.schema)
        default: []
        }
    }
}
