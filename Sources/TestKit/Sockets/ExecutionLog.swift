/// An upstream's own log of requests with an idempotency key, those without an effect included.
///
/// The caller is told by `Authorization`, the call by `X-Call`; the upstream itself does nothing about keys.
struct ExecutionLog: Sendable {
    /// The lines, in the order in which the requests came.
    private(set) var lines: [UpstreamExecution] = []

    /// An empty log.
    init() {}

    /// Notes that a request came; the number of its line, or `nil` for a request without a key.
    mutating func begin(_ request: ReceivedRequest) -> Int? {
        guard let key = request["idempotency-key"] else { return nil }
        let slot = KeyedCall.Slot(
            principal: request["authorization"] ?? "",
            key: String(key.drop { $0 == "\"" }.prefix { $0 != "\"" })
        )
        let number = lines.count
        var line = UpstreamExecution(slot, effect: "none-\(number)", received: request.at, applied: nil, answered: nil)
        line.call = request["x-call"].flatMap { Int($0) }
        line.fingerprint = KeyedCall.fingerprint(request.method, request.target, request.body)
        lines.append(line)
        return number
    }

    /// Notes that a request took effect.
    mutating func apply(_ number: Int, as effect: String, at now: UInt64) {
        guard lines.indices.contains(number) else { return }
        (lines[number].applied, lines[number].effect) = (now, effect)
    }

    /// Notes that a whole answer was sent.
    mutating func answer(_ number: Int, status: Int, at now: UInt64) {
        guard lines.indices.contains(number) else { return }
        (lines[number].answered, lines[number].status) = (now, status)
    }
}

extension KeyedCall {
    /// What stands for a request: equal for equal requests.
    package static func fingerprint(_ method: String, _ target: String, _ body: [UInt8]) -> String {
        "\(method) \(target) \(String(decoding: body, as: UTF8.self))"
    }
}
