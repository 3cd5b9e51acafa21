import DataPlane
import HTTPSemantics

/// One try of a call: whom it asks, with which key, and what it sends.
final class Attempt {
    /// Whom it asks.
    let candidate: CandidateOrder.Candidate
    /// With which key; `nil` where the provider takes none.
    let key: KeyPool.Choice?
    /// What it sends.
    let request: ProviderRequest
    /// When it began (ns).
    let began: UInt64
    /// The request on its way.
    let outgoing: OutgoingCall
    /// The status of the answer, once its head is there.
    var status = 0
    /// Whether the status is that of an error.
    var isError: Bool { !(200..<300).contains(status) }
    /// Fields of the answer that matter once its body is there.
    private(set) var fields: [String: String] = [:]

    /// A try.
    init(
        _ candidate: CandidateOrder.Candidate,
        key: KeyPool.Choice?,
        request: ProviderRequest,
        began: UInt64,
        outgoing: OutgoingCall
    ) {
        self.candidate = candidate
        self.key = key
        self.request = request
        self.began = began
        self.outgoing = outgoing
    }

    /// Makes waits of dates, as dialects read them: in `Retry-After` (RFC 9110, section 10.2.3) and where `limits` are filled
    /// again; `now` is in milliseconds since 1970.
    func readDates(now: Int64, limits: [String] = []) {
        if let field = fields["retry-after"], let date = HTTPDate.seconds(parsing: Array(field.utf8)) {
            fields["retry-after"] = String(max(0, date.subtractingReportingOverflow(now / 1000).partialValue))
        }
        for name in limits {
            guard let time = fields[name].flatMap(RFC3339.milliseconds(parsing:)) else { continue }
            fields[name] = "\(max(0, time.subtractingReportingOverflow(now).partialValue))ms"
        }
    }

    /// Keeps fields of the answer, named in lower case.
    func note(_ names: [String], of head: OutgoingAnswer) {
        for name in names {
            if let value = head.field(name) { fields[name] = value }
        }
    }
}
