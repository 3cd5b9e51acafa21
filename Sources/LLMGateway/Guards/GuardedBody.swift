import Catalog
import ContentGuarding
import HTTPSemantics
import LLMTranslation

/// A body of JSON after guards were applied to its texts.
///
/// What must come back byte for byte, or is no text, is not looked at: identifiers, signatures, kinds, pictures, sound.
/// Within what callers make up themselves, such as the arguments of calls, everything is.
struct GuardedBody: Sendable {
    /// Something that was found, and where.
    struct Found: Sendable {
        /// What.
        let finding: ContentFinding
        /// The JSON pointer of the text it was in.
        let place: String
    }

    /// The body; as it was where nothing had to be changed, and empty where it cannot be looked through.
    private(set) var bytes: [UInt8]
    /// Whether it could be looked through: passed on as they are, some bodies of JSON are not readable as text.
    private(set) var isReadable = true
    /// What was found, in the order of the body.
    private(set) var found: [Found] = []

    private let rules: ContentRules
    private let direction: ContentGuard.Direction
    /// Whether it is known where texts stand.
    private let hasPlaces: Bool
    private var place: [String] = []

    /// Looks through a body; one that is no JSON at all is left to those who read it.
    init(_ body: [UInt8], _ rules: ContentRules, _ direction: ContentGuard.Direction) {
        bytes = body
        self.rules = rules
        self.direction = direction
        hasPlaces = true
        let exact = try? JSONParser.parse(body)
        guard let value = exact ?? (direction == .answers ? try? JSONParser.parse(answer: body) : nil) else {
            isReadable = ((try? JSONOutline(body)) ?? nil) == nil
            if !isReadable { bytes = [] }
            return
        }
        // Where a name comes twice, only one of the values was looked at, and of half a character what stands for it: the
        // other goes.
        let isOther = value.repeatsNames || exact == nil
        guard var changed = guarded(value, .vendors) ?? (isOther ? value : nil) else { return }
        if direction == .answers { changed = BodyMembers.withoutProbabilities(changed) }
        bytes = JSONWriter.bytes(changed)
    }

    /// What refuses the call, if anything does.
    var refusal: Found? { found.first { $0.finding.mode == .refuse } }

    // MARK: Values

    /// The value with its texts changed; `nil` if none had to be.
    private mutating func guarded(_ value: JSONValue, _ territory: BodyMembers.Territory) -> JSONValue? {
        switch value {
        case .null, .bool: return nil
        case .number(let number):
            // Callers may write a card's number without quotes; the vendors' own numbers are times and counts.
            return territory != .callers || number.text.count < 8
                ? nil : guarded(String(decoding: number.text, as: UTF8.self))
        case .string(let text): return territory == .schema ? nil : guarded(text)
        case .array(let elements):
            var changed: [JSONValue]?
            for (index, element) in elements.enumerated() {
                place.append(String(index))
                if let new = guarded(element, territory) {
                    changed = changed ?? elements
                    changed?[index] = new
                }
                place.removeLast()
            }
            return changed.map(JSONValue.array)
        case .object(let object): return guarded(object, territory)
        }
    }

    private mutating func guarded(_ object: JSONObject, _ territory: BodyMembers.Territory) -> JSONValue? {
        var changed: JSONObject?
        for member in object.members {
            if territory == .vendors, !BodyMembers.mayHoldText(member, in: object, direction) { continue }
            place.append(member.name)
            let new = guarded(member.value, BodyMembers.territory(of: member, within: territory))
            if let new {
                changed = changed ?? object
                changed?.set(member.name, to: new)
                if direction == .answers, territory == .vendors {
                    BodyMembers.dropSignature(of: member.name, in: &changed)
                }
            }
            place.removeLast()
        }
        return changed.map(JSONValue.object)
    }

    private mutating func guarded(_ text: String) -> JSONValue? {
        guard !text.isEmpty else { return nil }
        // JSON within a string, such as the arguments of a call, stays JSON, and its escapes hide nothing.
        if let value = InnerJSON.value(of: text) {
            let changed = guarded(value, .callers) ?? (value.repeatsNames ? value : nil)
            return changed.map { .string(String(decoding: JSONWriter.bytes($0), as: UTF8.self)) }
        }
        let text = InnerJSON.unfolded(text)
        let pointer = JSONPointer(tokens: place)
        let result =
            hasPlaces ? rules.apply(to: text, direction, at: pointer) : rules.apply(to: text, everywhere: direction)
        guard !result.findings.isEmpty else { return nil }
        found += result.findings.map { Found(finding: $0, place: pointer.text) }
        return result.findings.contains { $0.mode != .log } ? .string(result.text) : nil
    }

    // MARK: Arguments of calls in streams

    /// The arguments of a call in a stream, wherever they will stand: rules with places look at all of them.
    static func arguments(_ text: String, _ rules: ContentRules) -> (text: String, findings: [ContentFinding]) {
        var guarded = GuardedBody(everywhere: rules)
        let changed = guarded.guarded(text)?.string
        return (changed ?? text, guarded.found.map(\.finding))
    }

    private init(everywhere rules: ContentRules) {
        bytes = []
        self.rules = rules
        direction = .answers
        hasPlaces = false
    }
}
