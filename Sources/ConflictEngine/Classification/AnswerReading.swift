/// An answer taken apart once, so that every rule can look at it cheaply.
struct AnswerReading: Sendable {
    /// The answer.
    let answer: ObservedAnswer
    /// Scalars of a JSON body.
    let members: [JSONMember]
    /// Elements with text of an XML body: local name in lower case, text.
    let elements: [(name: String, text: String)]
    /// Names of all elements of an XML body.
    let elementNames: Set<String>
    /// Machine-readable codes of body and header, most specific place first.
    let codes: [ErrorCode]
    /// What the answer says about the error.
    let words: SearchText
    /// The same without quoted parts, which may repeat what the client sent.
    let plainWords: SearchText
    /// The pieces of `words` as written, with the place they were found.
    let pieces: [ErrorPiece]

    /// Whether the status says conflict: that of the answer, or the one that its body names.
    var statusIsConflict: Bool { ConflictClassifier.alwaysConflict.contains(answer.status) || bodyNamesConflict }

    /// Whether the body gives 409 or 412 as the status although the status line does not.
    private var bodyNamesConflict: Bool {
        ["status", "statuscode", "httpstatus", "httpcode", "error.status", "error.statuscode"].contains { place in
            ["409", "412"].contains(value(place))
        }
    }

    /// Whether the server answered in JSON that could be read.
    var isJSON: Bool { !members.isEmpty }

    /// Reads at most the first 64 KiB of the body.
    init(_ answer: ObservedAnswer) {
        var contents = BodyContents(answer)
        self.answer = answer
        members = contents.members
        elements = contents.elements
        elementNames = contents.elementNames
        codes = Self.headerCodes(answer) + contents.codes
        pieces = contents.takePieces(status: answer.status)
        let joined = pieces.map(\.searchable).joined(separator: "\n")
        words = SearchText(joined.utf8)
        plainWords = SearchText(QuoteFilter.withoutQuotes(Array(joined.utf8.prefix(SearchText.limit))))
    }

    /// The first member at exactly this place, such as `error.type`, names squeezed.
    func value(_ place: String) -> String? {
        let path = place.split(separator: ".").map { String($0) }
        return members.first { $0.path == path }?.value
    }

    /// The first member of this squeezed name anywhere.
    func anyValue(_ key: String) -> String? {
        members.first { $0.key == key }?.value
    }

    /// Text of the first element of this name.
    func element(_ name: String) -> String? {
        elements.first { $0.name == name }?.text
    }

    /// Whether one of the codes has this name.
    func hasCode(_ name: String) -> Bool {
        codes.contains { $0.name == name }
    }

    private static let codeFields = [
        "x-amzn-errortype", "x-ms-error-code", "x-error-code", "error-code", "x-goog-error-code",
    ]

    private static func headerCodes(_ answer: ObservedAnswer) -> [ErrorCode] {
        codeFields.compactMap { answer.field($0).flatMap { ErrorCode($0) } }
    }
}
