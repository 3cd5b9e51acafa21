/// An upstream's answer as far as it was looked at, and what is needed of the request to judge it.
package struct ObservedAnswer: Sendable {
    /// Method of the request, in upper case.
    package var method: String
    /// Status of the answer.
    package var status: Int
    /// What the request made conditional.
    package var conditions: SentConditions
    /// Fields of the answer, names in lower case.
    package var fields: [(name: String, value: String)]
    /// The first bytes of the body in identity coding; at most 64 KiB are looked at.
    package var body: [UInt8]
    /// Whether `body` is all of it.
    package var bodyIsComplete: Bool

    /// An answer to judge.
    package init(
        method: String,
        status: Int,
        conditions: SentConditions = SentConditions(),
        fields: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        bodyIsComplete: Bool = true,
    ) {
        self.method = method
        self.status = status
        self.conditions = conditions
        self.fields = fields
        self.body = body
        self.bodyIsComplete = bodyIsComplete
    }

    /// The first value of a field; `name` in lower case.
    package func field(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// Whether the request only read.
    var isRead: Bool {
        method == "GET" || method == "HEAD"
    }
}
