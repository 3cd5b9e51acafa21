/// Cause and cure of a kind, in words.
struct ProblemStory: Sendable {
    /// How it comes about.
    let cause: String
    /// What the client does.
    let steps: [String]
    /// Whether the same request may be sent again.
    let again: String
    /// An exchange as it looks on the wire.
    let example: String

    /// The story of a problem that is no conflict.
    static func of(_ kind: GatewayProblemKind) -> ProblemStory {
        ProblemStory(cause: cause(kind), steps: steps(kind), again: again(kind), example: example(kind))
    }

    private static func cause(_ kind: GatewayProblemKind) -> String {
        switch kind {
        case .noRoute: "The gateway knows no route whose host and path fit the request. Nothing was forwarded."
        case .methodNotAllowed: "There is a route for this path, but not for this method."
        case .badRequest:
            "The request could be read in two ways or breaks a rule of HTTP, so nothing of it was forwarded."
        case .uriTooLong: "The request line is longer than 8 KiB."
        case .headersTooLarge: "The header section is larger than 32 KiB or has more than 100 fields."
        case .bodyTooLarge: "The body is larger than this route takes."
        case .rangeNotSatisfiable: "The range asked for lies behind the end of the representation."
        case .unauthenticated:
            "The route needs a key, and the request has none, or one that is not known or no longer valid."
        case .forbidden: "The key is known, but belongs to no group for which the route is open."
        case .rateLimited: "The caller has used up what the route allows for now. Nothing was forwarded."
        case .upstreamUnreachable: "No target took the connection, or its certificate could not be verified."
        case .upstreamProtocol: "The upstream's answer breaks the rules of HTTP, so it cannot be passed on safely."
        case .upstreamTimeout: "The upstream did not begin to answer, or fell silent, for longer than the route allows."
        case .notImplemented: "The request uses a transfer coding that the gateway does not know."
        case .overloaded: "The gateway or its upstream has no room for another exchange."
        case .draining: "The gateway is finishing what it has begun and takes nothing new."
        case .contentRefused:
            "A text of the request or of the model's answer holds what a guard of this service keeps back, such as the "
                + "number of a card. A request that is refused was not sent to any model."
        case .budgetExceeded:
            "What the call might cost at most is more than is left of the caller's budget. No model was asked."
        case .modelFailed: "Each provider of the model that could be asked failed, or answered with nonsense."
        case .modelRefused: "The model said that it would not answer, or its vendor kept the answer back."
        case .outputMismatch:
            "The model was asked for JSON of a certain form, and what it answered is no JSON or does not fit the schema. "
                + "The call was paid for."
        }
    }

    private static func steps(_ kind: GatewayProblemKind) -> [String] {
        var steps = [kind.defaultDetail]
        switch kind {
        case .upstreamProtocol, .upstreamTimeout:
            steps.append("For a write, look at outcome in the answer: applied, not-applied or unknown.")
        case .unauthenticated:
            steps.append("Make sure that only one of these fields is sent: the first one present decides.")
        case .rateLimited: steps.append("Spread your requests evenly; add a random part to every pause.")
        default: break
        }
        return steps
    }

    private static func again(_ kind: GatewayProblemKind) -> String {
        switch kind {
        case .rateLimited, .overloaded, .draining: "Yes, after the time in Retry-After."
        case .modelFailed, .outputMismatch: "Yes: another answer may be better. Each one is paid for."
        case .upstreamUnreachable: "Yes, later: nothing was sent to the upstream."
        case .upstreamProtocol, .upstreamTimeout: "Reads: yes. Writes: only after reading what became of the first one."
        default: "No: it will be refused again until the request or the configuration changes."
        }
    }

    private static func example(_ kind: GatewayProblemKind) -> String {
        """
        HTTP/1.1 \(kind.status)
        Content-Type: application/problem+json

        {
          "type": "\(kind.problemPath)",
          "title": "\(kind.title)",
          "status": \(kind.status),
          "kind": "\(kind.rawValue)",
          "origin": "gateway",
          "request_id": "0198c1f2-7c1e-7b5a-9d53-3f6d1d0c2b11"
        }
        """
    }
}
