import HTTPSemantics

/// Finds out where a created resource is.
enum RaceCreation {
    /// Names of members that are looked for where no pointer was given or nothing stands there.
    private static let usual = ["id", "_id", "uuid", "key", "name"]

    /// The address of the resource that `reply` to `creation` reports.
    static func address(
        of reply: RaceReply,
        to creation: RacePlan.Creation
    ) throws(RaceFault) -> RaceAddress {
        let body: [UInt8]
        let fields: [RaceField]
        switch reply {
        case .notSent(let reason): throw unreachable(creation, PlainText.line(reason))
        case .noAnswer(let reason): throw unreachable(creation, PlainText.line(reason))
        case .answer(let status, let received, let bytes):
            guard (200...299).contains(status) else {
                let excerpt = PlainText.line(String(decoding: bytes.prefix(400), as: UTF8.self))
                throw .cannotTell(
                    "\(creation.method) \(creation.address.text) was answered with \(status): \(excerpt)",
                    remedy: "correct --body or add what the API needs with --header"
                )
            }
            (fields, body) = (received, bytes)
        }
        if creation.template == nil, let location = fields.first(named: "location") {
            return try creation.address.following(location)
        }
        guard let name = name(in: body, at: creation.identifier) else {
            throw .cannotTell(
                "the answer to \(creation.method) \(creation.address.text) has no Location and no name in its body",
                remedy: "say where the name stands with --id, such as --id /data/id"
            )
        }
        guard let template = creation.template else { return creation.address.member(name) }
        return try RaceAddress.filled(template, id: name)
    }

    private static func unreachable(_ creation: RacePlan.Creation, _ reason: String) -> RaceFault {
        .cannotTell(
            "\(creation.method) \(creation.address.text) got no answer: \(reason)",
            remedy: "see that the server runs there, and look whether it created something"
        )
    }

    private static func name(in body: [UInt8], at pointer: JSONPointer) -> String? {
        guard let document = try? JSONParser.parse(body) else { return nil }
        let pointers = [pointer] + (pointer.tokens == ["id"] ? usual.map { JSONPointer(tokens: [$0]) } : [])
        for pointer in pointers {
            switch pointer.lookup(in: document) {
            case .string(let text) where !text.isEmpty: return text
            case .number(let number): return String(decoding: number.text, as: UTF8.self)
            default: continue
            }
        }
        return nil
    }
}
