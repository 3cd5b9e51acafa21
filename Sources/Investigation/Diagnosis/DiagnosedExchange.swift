import ConflictEngine

/// One request and its answer, as far as a file tells about them.
package struct DiagnosedExchange: Sendable {
    /// Where it stands.
    package var place: DiagnosisPlace
    /// When it began, in milliseconds since 1970.
    package var time: Int64?
    /// Who sent it, as far as the file can tell clients apart.
    package var client: String?
    /// The method, in upper case.
    package var method: String
    /// Host, if known, path and query.
    package var target: String
    /// The status; `nil` where there was no answer.
    package var status: Int?
    /// Fields of the request, names in lower case; `nil` where the file does not show them.
    package var requestFields: [(name: String, value: String)]?
    /// A hash of the request's body; `nil` where there is none or the file does not show it.
    package var bodyHash: Int?
    /// Fields of the answer, names in lower case.
    package var answerFields: [(name: String, value: String)] = []
    /// The first bytes of the answer's body.
    package var answerBody: [UInt8] = []
    /// Whether `answerBody` is all of it.
    package var bodyIsComplete = false

    /// An exchange.
    package init(place: DiagnosisPlace, method: String, target: String, status: Int?) {
        self.place = place
        self.method = method
        self.target = target
        self.status = status
    }

    /// The most bytes of an answer's body that are kept.
    static let longestBody = 65_536
    /// The most scalars of a target that are remembered.
    private static let longestTarget = 2_048
    /// The most scalars of a client's name that are remembered.
    private static let longestClient = 256
    /// Fields that say something about a conflict.
    private static let told: Set = [
        "if-match", "if-none-match", "if-unmodified-since", "idempotency-key", "etag", "retry-after", "content-type",
    ]

    /// The first value of a field of the request; `name` in lower case.
    func requestField(_ name: String) -> String? { requestFields?.first { $0.name == name }?.value }

    /// The first value of a field of the answer; `name` in lower case.
    func answerField(_ name: String) -> String? { answerFields.first { $0.name == name }?.value }

    /// Whether the server says that it did what was asked.
    var isDone: Bool { status.map { (200...299).contains($0) } ?? false }

    /// Whether it changes something.
    var isWrite: Bool { ["PUT", "PATCH", "POST", "DELETE"].contains(method) }

    /// The target without its query: what a write changes.
    var resource: String { String(target.prefix { $0 != "?" }) }

    /// What the request made conditional; nothing where the file does not show it.
    var conditions: SentConditions {
        SentConditions(
            ifMatch: requestField("if-match") != nil,
            ifNoneMatch: requestField("if-none-match") != nil,
            ifNoneMatchAny: requestField("if-none-match") == "*",
            ifUnmodifiedSince: requestField("if-unmodified-since") != nil,
            idempotencyKey: key != nil,
            lockToken: requestField("if") != nil || requestField("lock-token") != nil
        )
    }

    /// Its idempotency key.
    var key: String? {
        ["idempotency-key", "x-idempotency-key", "x-request-key", "repeatability-request-id"]
            .lazy.compactMap { requestField($0) }.first
    }

    /// Whether the file shows that the write named no version.
    var isKnownUnconditional: Bool {
        requestFields != nil
            && ["if-match", "if-none-match", "if-unmodified-since", "if"].allSatisfy { requestField($0) == nil }
    }

    /// The exchange with a client and target that are not too long to remember.
    var shortened: Self {
        guard target.utf8.count > Self.longestTarget || (client?.utf8.count ?? 0) > Self.longestClient else {
            return self
        }
        var exchange = self
        exchange.target = String(target.unicodeScalars.prefix(Self.longestTarget))
        exchange.client = client.map { String($0.unicodeScalars.prefix(Self.longestClient)) }
        return exchange
    }

    /// The exchange without what nobody needs once it has been judged.
    var reduced: Self {
        var exchange = self
        exchange.answerBody = Array(answerBody.prefix(Self.longestTarget))
        exchange.requestFields = requestFields.map { fields in fields.filter { Self.told.contains($0.name) } }
        exchange.answerFields = answerFields.filter { Self.told.contains($0.name) }
        return exchange
    }

    /// What is needed to classify the answer; `nil` where there was none.
    var observed: ObservedAnswer? {
        status.map { status in
            ObservedAnswer(
                method: method,
                status: status,
                conditions: conditions,
                fields: answerFields,
                body: answerBody,
                bodyIsComplete: bodyIsComplete
            )
        }
    }
}
