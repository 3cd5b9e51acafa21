import HTTPSemantics

/// A JSON Patch on its way through a document.
struct JSONPatchRun {
    private typealias Reason = JSONPatchFault.Reason

    private let limits: JSONPatchLimits
    private var document: JSONValue
    private var bytes: Int
    private var work = 0
    /// Digits make the comparison of numbers costly.
    private var longestNumber: Int
    private var reads: [JSONPointer] = []
    private var writes: [JSONPointer] = []
    /// Arrays whose indices no longer mean what they meant at the start.
    private var shifted = PlaceTree()

    /// Starts with `document`.
    init(_ document: JSONValue, limits: JSONPatchLimits) {
        self.document = document
        self.limits = limits
        let weight = JSONWeight(document)
        bytes = weight.bytes
        longestNumber = weight.longestNumber
    }

    /// What was made of the document so far.
    var result: PatchedDocument { PatchedDocument(document: document, reads: reads, writes: writes) }

    /// Performs the operation at `index` of the patch.
    mutating func perform(_ operation: JSONPatch.Operation, index: Int) throws(JSONPatchFault) {
        let before = bytes
        do throws(Reason) {
            try perform(operation)
            guard work <= limits.work else { throw .tooMuchWork }
            guard bytes <= max(limits.bytes, before) else { throw .tooLarge }
        } catch {
            throw JSONPatchFault(error, at: index, operation.place)
        }
    }

    private mutating func perform(_ operation: JSONPatch.Operation) throws(JSONPatchFault.Reason) {
        switch operation {
        case .add(let path, let value): try add(value, at: path)
        case .remove(let path): _ = try remove(at: path)
        case .replace(let path, let value): try replace(at: path, with: value)
        case .move(let from, let path):
            if from == path {
                _ = try value(at: from)
                reads.append(known(from))
                return
            }
            try add(try remove(at: from), at: path)
        case .copy(let from, let path):
            let value = try value(at: from)
            reads.append(known(from))
            try add(value, at: path)
        case .test(let path, let wanted): try test(wanted, at: path)
        }
    }

    // MARK: The operations

    private mutating func add(_ value: JSONValue, at path: JSONPointer) throws(JSONPatchFault.Reason) {
        guard !path.tokens.isEmpty else { return try replace(at: path, with: value) }
        try admit(value, at: path)
        let outcome = try JSONEdit.add(value, at: path.tokens[...], in: &document)
        note(outcome, at: path)
    }

    private mutating func remove(at path: JSONPointer) throws(JSONPatchFault.Reason) -> JSONValue {
        let outcome = try JSONEdit.remove(at: path.tokens[...], in: &document)
        note(outcome, at: path)
        return outcome.removed ?? .null
    }

    private mutating func replace(at path: JSONPointer, with value: JSONValue) throws(JSONPatchFault.Reason) {
        try admit(value, at: path)
        if path.tokens.isEmpty {
            let outcome = JSONEdit.Outcome(removed: document)
            document = value
            note(outcome, at: path)
        } else {
            let outcome = try JSONEdit.replace(at: path.tokens[...], with: value, in: &document)
            note(outcome, at: path)
        }
    }

    private mutating func test(_ wanted: JSONValue, at path: JSONPointer) throws(JSONPatchFault.Reason) {
        let found: JSONValue
        do throws(Reason) {
            found = try value(at: path)
        } catch {
            throw .valueMissing
        }
        work += JSONWeight(wanted).values * (1 + longestNumber / 64)
        guard work <= limits.work else { throw .tooMuchWork }
        guard found == wanted else { throw .valueDiffers }
        reads.append(known(path))
    }

    private func value(at path: JSONPointer) throws(JSONPatchFault.Reason) -> JSONValue {
        try JSONEdit.value(at: path.tokens[...], in: document)
    }

    // MARK: The accounts

    /// Enters `value` into the accounts, and makes sure that it does not nest too deeply.
    private mutating func admit(_ value: JSONValue, at path: JSONPointer) throws(JSONPatchFault.Reason) {
        let weight = JSONWeight(value)
        work += weight.values
        bytes += weight.bytes + Self.size(of: path.tokens.last)
        longestNumber = max(longestNumber, weight.longestNumber)
        guard work <= limits.work else { throw .tooMuchWork }
        guard path.tokens.count + weight.depth <= limits.depth else { throw .tooDeep }
    }

    /// What a member takes beside its value.
    private static func size(of name: String?) -> Int { (name?.utf8.count ?? 0) + 4 }

    private mutating func note(_ outcome: JSONEdit.Outcome, at path: JSONPointer) {
        work += outcome.work
        if let removed = outcome.removed {
            let weight = JSONWeight(removed)
            work += weight.values
            bytes -= weight.bytes + Self.size(of: path.tokens.last)
        }
        guard outcome.shiftsArray else {
            writes.append(known(path))
            return
        }
        let array = known(JSONPointer(tokens: Array(path.tokens.dropLast())))
        writes.append(array)
        shifted.insert(array.tokens.map { ScalarKey(name: $0) }[...])
    }

    /// The place as the document had it at the start: the whole array if indices have moved on the way to it.
    private func known(_ path: JSONPointer) -> JSONPointer {
        var tree: PlaceTree? = shifted
        for (depth, token) in path.tokens.enumerated() {
            guard let here = tree else { return path }
            if here.isPlace { return JSONPointer(tokens: Array(path.tokens.prefix(depth))) }
            tree = here.child(ScalarKey(name: token))
        }
        return path
    }
}

extension JSONPatch.Operation {
    /// The place that the operation is about.
    fileprivate var place: JSONPointer {
        switch self {
        case .add(let path, _), .remove(let path), .replace(let path, _), .move(_, let path), .copy(_, let path),
            .test(let path, _):
            path
        }
    }
}
