/// Tells «it is there already» from «a value of it is taken», which read nearly alike.
enum ExistenceWords {
    private static let taken = [
        "already taken", "already been taken", "is taken", "already in use", "already being used", "already used by",
        "already belongs to", "already assigned to another", "already associated with another",
        "already linked to another",
        "not available", "already claimed", "already reserved", "already allocated", "already used!",
        "is already used", "name taken", "already has that value", "already assigned to", "already associated with a",
        "already linked to", "is a duplicate", "already bound to",
    ]
    private static let exists = [
        "already exist", "already registered", "already been registered", "already been created", "already created",
        "already present", "already defined", "exists with", "with same", "already have a", "already has a",
        "duplicate",
        "already subscribed", "already a member", "already enrolled", "already published", "already added",
        "already been added", "already in the account", "already a participant", "already a collaborator",
        "already tracked", "already contain", "already own", "already there", "already recorded", "already is a",
        "already inserted",
        "exists already", "already uploaded", "already been uploaded",
    ]
    /// What is usually unique about a thing without being its identity.
    private static let values = [
        "email", "e-mail", "username", "user name", "login", "phone", "mobile", "slug", "nickname", "handle",
        "title", "sku",
        "domain", "hostname", "host name", "name", "alias", "iban", "vat ", "ssn", "tax id", "isbn", "barcode",
        "plate", "serial",
        "external id", "external_id", "externalid", "invoice number", "number", "ip address", "mac address",
        "that host",
        "with code", "with this code", "with uid", "value", "unique",
    ]
    private static let whole = [
        "filename", "file name", "with the given id", "the named", "with this id", "with id ",
    ]

    /// `uniqueness` or `already-exists`, if one of them is said; `nil` if neither is.
    static func kind(_ text: SearchText) -> ConflictKind? {
        if demandsUnique(text) { return .uniqueness }
        for marker in taken {
            guard let position = text.position(of: Array(marker.utf8), from: 0) else { continue }
            // «The service is not available» is something else.
            if marker == "not available", !speaksOfValue(text, around: position, marker.utf8.count) { continue }
            return .uniqueness
        }
        for marker in exists {
            guard let position = text.position(of: Array(marker.utf8), from: 0) else { continue }
            return speaksOfValue(text, around: position, marker.utf8.count) ? .uniqueness : .alreadyExists
        }
        return nil
    }

    /// Whether the sentence around a phrase names a value such as an e-mail address.
    private static func speaksOfValue(_ text: SearchText, around position: Int, _ length: Int) -> Bool {
        let before = text.bytes[max(0, position - 90)..<position]
        let start = before.indices.last { text.endsSentence(at: $0) } ?? before.startIndex
        let rest = text.bytes[min(text.bytes.count, position + length)...].prefix(50)
        let after = rest[..<(rest.indices.first { text.endsSentence(at: $0) } ?? rest.endIndex)]
        let sentence = SearchText(withoutBrackets(Array(before[start...])) + [0x20] + withoutBrackets(Array(after)))
        return values.contains { sentence.holds($0) && !($0 == "name" && sentence.holds("namespace")) }
            && !whole.contains { sentence.holds($0) }
    }

    /// Brackets hold identifiers and parameters, not the subject.
    private static func withoutBrackets(_ text: [UInt8]) -> [UInt8] {
        guard let open = text.firstIndex(of: UInt8(ascii: "[")) else { return text }
        let rest = text[open...]
        let close = rest.firstIndex(of: UInt8(ascii: "]")) ?? rest.index(before: rest.endIndex)
        return Array(text[..<open]) + Array(text[(close + 1)...])
    }

    /// «A user with such email exists.», which is plain enough where the status says conflict.
    static func inPassing(_ sentences: [SearchText]) -> ConflictKind? {
        let found = sentences.first { sentence in
            (sentence.holds(" exists") || sentence.holds(" exist "))
                && !sentence.holds(any: ["not exist", "n't exist", "no longer exist", "if it exists"])
        }
        return found.map { sentence in values.contains { sentence.holds($0) } ? .uniqueness : .alreadyExists }
    }

    /// Whether a value is said to be taken, as in «already in use by your account».
    static func saysTaken(_ text: SearchText) -> Bool {
        text.holds(any: ["already in use", "already taken", "is taken"]) && !text.holds("delete")
    }

    private static let demands = [
        "must be unique", "has to be unique", "to be unique", "should be unique", "must be a unique value",
        "be a unique value", "is not unique", "not unique", "isn't unique",
    ]
    private static let singular = ["address", "alias", "status", "business", "class", "dns", "canvas", "\"", "\"\""]

    /// Whether one value has to differ from those of other resources.
    ///
    /// «Items must be unique» speaks of several values within the request and is an ordinary complaint.
    static func demandsUnique(_ text: SearchText) -> Bool {
        for demand in demands {
            guard let position = text.position(of: Array(demand.utf8), from: 0) else { continue }
            let after = text.bytes.dropFirst(position + demand.utf8.count).prefix(8)
            if after.starts(with: " enough".utf8) || after.starts(with: " result".utf8)
                || after.first == UInt8(ascii: "-")
            {
                continue
            }
            let before = ASCIIText.trimmed(text.bytes[max(0, position - 40)..<position])
            let start = before.lastIndex { ASCIIText.isSpace($0) }.map { $0 + 1 } ?? before.startIndex
            let word = before[start...]
            let isPlural = word.last == UInt8(ascii: "s") && !singular.contains { word.elementsEqual($0.utf8) }
            if !isPlural { return true }
        }
        return false
    }
}
