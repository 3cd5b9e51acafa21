/// Codes that tell their kind by how they are built: `PHONE_NUMBER_EXISTS`, `REFUND_ALREADY_PENDING`, `unique`.
enum CodeShape {
    private static let values = [
        "email", "phone", "username", "handle", "login", "slug", "sku", "domain", "alias", "subdomain", "displayname",
        "title",
    ]
    /// Validators that compare with what is stored; those that compare within the request have longer names.
    private static let validators: Set<String> = [
        "unique", "uniqueness", "taken", "eunique", "errtaken", "notunique", "isunique",
    ]
    private static let endings = ["exception", "error", "fault"]

    /// The kind that the build of a code shows; `nil` in server errors, where such names belong to the language.
    static func kind(_ reading: AnswerReading) -> ConflictKind? {
        guard reading.answer.status < 500 else { return nil }
        let words = reading.plainWords
        for code in reading.codes {
            if let kind = kind(ofName: stem(code.whole), words) ?? kind(ofName: stem(code.name), words) { return kind }
            if validators.contains(code.whole) { return .uniqueness }
        }
        return nil
    }

    private static func kind(ofName name: String, _ words: SearchText) -> ConflictKind? {
        let text = SearchText(name.utf8)
        if name.hasSuffix("exists"), !name.hasSuffix("notexists"), name.utf8.count > 6 {
            return text.holds(any: values) ? .uniqueness : ExistenceWords.kind(words) ?? .alreadyExists
        }
        if text.holds("duplicate"), text.holds(any: values + ["name"]) { return .uniqueness }
        if name.hasSuffix("notavailable") || name.hasSuffix("unavailable") {
            return text.holds(any: values) ? .uniqueness : nil
        }
        return StateWords.isDone(codeText: text) ? .state : nil
    }

    private static func stem(_ name: String) -> String {
        guard let ending = endings.first(where: { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }) else {
            return name
        }
        return String(name.dropLast(ending.utf8.count))
    }
}
