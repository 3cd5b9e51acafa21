/// Exchanges that show each kind of conflict on the wire.
enum ConflictExample {
    /// An exchange for a kind: what was sent, what came back.
    static func of(_ kind: ConflictKind) -> String {
        guard let status = kind.gatewayStatus else { return silent(kind) }
        let more = fields(kind).map { "\n" + $0 }.joined()
        return """
            \(request(kind))

            HTTP/1.1 \(status)
            Content-Type: application/problem+json
            Parley-Conflict: \(kind.rawValue);id="0198c1f2-7c1e-7b5a-9d53-3f6d1d0c2b11";origin=gateway\(more)

            {
              "type": "\(kind.problemPath)",
              "title": "\(kind.title)",
              "status": \(status),
              "kind": "\(kind.rawValue)",
              "retryable": \(kind.isRetryable)
            }
            """
    }

    private static func silent(_ kind: ConflictKind) -> String {
        switch kind {
        case .suspectedBlock:
            "GET /articles/7\n\nHTTP/1.1 409\nContent-Type: text/html\n\n<title>Just a moment…</title>"
        default: "parley conflicts --kind \(kind.rawValue)"
        }
    }

    private static func request(_ kind: ConflictKind) -> String {
        switch kind {
        case .staleVersion: "PUT /orders/42\nIf-Match: \"v16\""
        case .alreadyExists: "PUT /orders/42\nContent-Type: application/json"
        case .duplicateInFlight, .keyReused: "POST /orders\nIdempotency-Key: \"8e03978e-40d5-43e8-bc93-6894a57f9324\""
        case .state: "POST /orders/42/cancel"
        case .fieldOwnership, .edit: "PATCH /orders/42\nContent-Type: application/json-patch+json"
        case .parentMissing: "MKCOL /reports/2026/may"
        case .offset: "PATCH /uploads/7\nUpload-Offset: 25000000"
        case .uniqueness: "POST /users\nContent-Type: application/json\n\n{ \"email\": \"ada@example.com\" }"
        case .referential: "DELETE /teams/3"
        case .unversioned: "PUT /orders/42\nIf-Match: \"v16\""
        default: "PUT /orders/42\nContent-Type: application/json"
        }
    }

    private static func fields(_ kind: ConflictKind) -> [String] {
        switch kind {
        case .duplicateInFlight, .contended, .outcomeUnknown: ["Retry-After: 1"]
        case .locked: ["Retry-After: 60"]
        default: []
        }
    }
}
