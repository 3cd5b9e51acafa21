/// Tells «it is there already» from «a value of it is taken», which read nearly alike.
enum ExistenceWords {
    private static let taken = [
        "already taken", "already been taken", "is taken", "already in use", "already being used", "already used by",
        "already belongs to", "already assigned to another", "already associated with another",
        "already linked to another",
        "must be unique", "is not unique", "not unique", "not available", "already claimed",
        "already reserved", "already allocated",
        "already used!", "already used by", "is already used",
    ]
    private static let exists = [
        "already exist", "already registered", "already been registered", "already been created", "already created",
        "already present", "already defined", "exists with", "with same", "already have a", "already has a",
        "duplicate",
        "already subscribed", "already a member", "already enrolled", "already published", "already added",
        "already been added",
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
        "with code", "with this code", "value", "unique",
    ]
    private static let whole = [
        "namespace", "filename", "file name", "with the given id", "with this id", "with id ",
    ]

    /// `uniqueness` or `already-exists`, if one of them is said; `nil` if neither is.
    static func kind(_ text: SearchText) -> ConflictKind? {
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
        let start = before.indices.last { endsSentence(text, at: $0) } ?? before.startIndex
        let rest = text.bytes[min(text.bytes.count, position + length)...].prefix(50)
        let after = rest[..<(rest.indices.first { endsSentence(text, at: $0) } ?? rest.endIndex)]
        let sentence = SearchText(Array(before[start...]) + [0x20] + Array(after))
        return values.contains { sentence.holds($0) } && !whole.contains { sentence.holds($0) }
    }

    private static func endsSentence(_ text: SearchText, at index: Int) -> Bool {
        let byte = text.bytes[index]
        if byte == 0x0A || byte == UInt8(ascii: ";") { return true }
        return byte == UInt8(ascii: ".") && (index + 1 >= text.bytes.count || ASCIIText.isSpace(text.bytes[index + 1]))
    }
}
