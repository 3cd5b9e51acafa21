import Investigation

extension RaceReply {
    /// Why there is no answer, with whether the request can have left; empty if there is an answer.
    var reason: String {
        switch self {
        case .answer: ""
        case .notSent(let reason): "not sent: \(reason)"
        case .noAnswer(let reason): "no answer: \(reason)"
        }
    }

    /// The status and the body as text.
    var text: String {
        guard case .answer(let status, _, let body) = self else { return reason }
        return "\(status) \(String(decoding: body, as: UTF8.self))"
    }
}
