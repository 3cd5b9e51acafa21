import HTTPSemantics
import NIOCore
import TestKit

/// One client that sends requests with idempotency keys and writes down what it was told.
struct KeyedClient: ~Copyable {
    /// A request of a storm.
    struct Wish {
        /// Who asks.
        var principal: String
        /// The key.
        var key: String
        /// The body.
        var body: String
        /// Whether the client goes away before the answer.
        var leaves: Bool
    }

    private var connection: HTTPTestClient
    private let target: String
    /// What it did.
    private(set) var calls: [KeyedCall] = []

    /// A client that has not connected yet, of POSTs to `target`.
    init(to gateway: GatewayUnderTest, target: String) {
        connection = HTTPTestClient(port: gateway.port)
        self.target = target
    }

    /// Sends a request as call `number`.
    mutating func send(_ wish: Wish, as number: Int) async {
        let request = request(wish, number)
        let began = NIODeadline.now().uptimeNanoseconds
        let outcome: KeyedCall.Outcome
        do {
            if wish.leaves {
                try await connection.abandon(request)
                outcome = .lost
            } else {
                outcome = Self.outcome(of: try await connection.send(request))
            }
        } catch HTTPTestFault.notConnected {
            return  // Nothing was sent.
        } catch {
            outcome = .lost
        }
        calls.append(
            KeyedCall(
                number,
                KeyedCall.Slot(principal: wish.principal, key: wish.key),
                fingerprint: KeyedCall.fingerprint("POST", target, request.body),
                invoked: began,
                completed: NIODeadline.now().uptimeNanoseconds,
                outcome: outcome
            )
        )
    }

    private func request(_ wish: Wish, _ number: Int) -> HTTPTestRequest {
        let fields = [
            HTTPField("Authorization", wish.principal), HTTPField("Idempotency-Key", "\"\(wish.key)\""),
            HTTPField("X-Call", "\(number)"), HTTPField("Content-Type", "application/json"),
        ]
        return HTTPTestRequest("POST", target, fields: fields, body: Array(wish.body.utf8))
    }

    private static func outcome(of answer: HTTPTestResponse) -> KeyedCall.Outcome {
        switch (answer.kind, answer.status) {
        case ("duplicate-in-flight"?, _): return .inFlight
        case ("key-reused"?, _): return .keyReused
        case ("outcome-unknown"?, 409): return .outcomeUnknown
        case ("contended"?, _), ("overloaded"?, _): return .unavailable
        case (.some, 502), (.some, 504):
            // Without a word about the outcome nothing was sent.
            let claim = answer.json?["outcome"]?.string.flatMap(ClientOperation.Claim.init(rawValue:))
            return claim.map { .failed($0) } ?? .unavailable
        default: return .reply(reply(answer))
        }
    }

    /// Fields that are fresh with each answer.
    private static let fresh: Set<String> = ["date", "x-request-id", "connection", "idempotent-replayed", "via"]

    private static func reply(_ answer: HTTPTestResponse) -> KeyedCall.Reply {
        let fields = answer.fields.map { ($0.name.lowercased(), $0.value) }.filter { !fresh.contains($0.0) }
        return KeyedCall.Reply(
            status: answer.status,
            fields: Dictionary(fields, uniquingKeysWith: { "\($0), \($1)" }),
            body: answer.body,
            effect: answer["location"],
            isReplay: answer["idempotent-replayed"] == "true"
        )
    }
}
