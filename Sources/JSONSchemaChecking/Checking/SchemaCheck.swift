import HTTPSemantics

/// One value on its way through the nodes of a schema.
struct SchemaCheck {
    /// The most work for one value: a unit is a visit of a value or a member, or a few bytes to be compared.
    static let mostEffort = 1_000_000
    /// The most schemas within each other that are being applied, members and references together.
    static let deepest = 1_000
    private static let bytesPerUnit = 16

    /// The schema.
    let nodes: [SchemaNode]
    /// The way to the value that is looked at.
    var path = ValuePath()
    private var list: MismatchList
    private var effort = 0
    private var depth = 0
    private var isProbing = false
    /// Whether the work became too much; then no answer counts.
    private(set) var isExhausted = false

    /// What of `value` does not fit the first of `nodes`.
    static func mismatches(of value: JSONValue, _ nodes: [SchemaNode], limit: Int) -> [JSONSchemaMismatch] {
        let size = ValueSize(of: value, upTo: mostEffort)
        guard !size.hasLongNumber else {
            return [whole("must not have a number of more than \(ValueSize.longestNumber) characters")]
        }
        var check = SchemaCheck(nodes: nodes, limit: limit)
        check.isExhausted = size.isTooDeep || size.values > mostEffort
        _ = check.apply(0, to: value)
        return check.isExhausted ? [whole("is too large to be checked")] : check.list.mismatches
    }

    private init(nodes: [SchemaNode], limit: Int) {
        self.nodes = nodes
        list = MismatchList(limit: limit)
    }

    private static func whole(_ message: String) -> JSONSchemaMismatch {
        JSONSchemaMismatch(place: "", keyword: "", message: message)
    }

    /// Whether `value` fits a schema; notes what does not, unless only the answer is wanted.
    mutating func apply(_ schema: Int, to value: JSONValue) -> Bool {
        spend(1)
        guard !isExhausted else { return false }
        depth += 1
        defer { depth -= 1 }
        isExhausted = depth > Self.deepest
        var fits = true
        for rule in nodes[schema].rules where !isDone(fits) {
            fits = obeys(rule, value, nodes[schema].keyword) && fits
        }
        return fits
    }

    /// Whether `value` fits a schema, without noting anything.
    mutating func probe(_ schema: Int, _ value: JSONValue) -> Bool {
        let outside = isProbing
        isProbing = true
        defer { isProbing = outside }
        return apply(schema, to: value)
    }

    /// What of `value` does not fit a schema first, for a message of its own.
    mutating func firstMessage(_ schema: Int, _ value: JSONValue) -> String {
        let outside = list
        list = MismatchList(limit: 1)
        defer { list = outside }
        _ = apply(schema, to: value)
        return list.mismatches.first?.message ?? "is not allowed"
    }

    /// Notes a mismatch at the value that is looked at; always `false`.
    mutating func fail(_ keyword: String, _ message: @autoclosure () -> String) -> Bool {
        if !isProbing && !isExhausted { list.add(keyword, at: path, message) }
        return false
    }

    /// Whether looking further could change nothing.
    func isDone(_ fits: Bool) -> Bool { isExhausted || isProbing && !fits }

    /// Whether mismatches are noted here.
    var isNoting: Bool { !isProbing }

    /// Counts work of so many units, and that of looking at so many bytes.
    mutating func spend(_ units: Int, bytes: Int = 0) {
        effort = effort &+ units &+ bytes / Self.bytesPerUnit
        if effort > Self.mostEffort { isExhausted = true }
    }
}
