import HTTPSemantics
import NIOCore
import TestKit

/// One client of a random history: reads, changes what it knows, and writes down what it was told.
struct HistoryClient: ~Copyable {
    private let number: Int
    private let plan: HistoryPlan
    private var connection: HTTPTestClient
    private var random: SeededGenerator
    private var known: [Int: String] = [:]
    private var nonces = 0
    /// What it did, by resource.
    private(set) var operations: [Int: [ClientOperation]] = [:]
    /// Its writes so far.
    private(set) var writes = 0

    /// A client that has not connected yet.
    init(_ number: Int, of plan: HistoryPlan, to gateway: GatewayUnderTest) {
        (self.number, self.plan) = (number, plan)
        connection = HTTPTestClient(port: gateway.port)
        random = SeededGenerator(seed: plan.seed).fork(UInt64(number))
    }

    /// Does one thing that chance decides: mostly it writes what it knows, or reads what it does not.
    mutating func step() async {
        let resource = Int.random(in: 0..<plan.resources, using: &random)
        let dice = Int.random(in: 0..<100, using: &random)
        guard let tag = known[resource], dice >= 15 else { return await read(resource) }
        switch dice {
        case ..<70: await write("PUT", resource, .write(.match(tag)))
        case ..<85: await write("PATCH", resource, .write(.match(tag)))
        case ..<90: await write("PUT", resource, .write(.none))
        case ..<94: await write("PUT", resource, .write(.absent))
        case ..<97: await write("DELETE", resource, .delete(.match(tag)))
        default: await read(resource)
        }
    }

    private mutating func read(_ resource: Int) async {
        let began = NIODeadline.now().uptimeNanoseconds
        let answer: HTTPTestResponse
        do {
            answer = try await connection.send(HTTPTestRequest("GET", plan.path(of: resource)))
        } catch {
            return  // A read without an answer tells nothing.
        }
        switch answer.status {
        case 200:
            let nonce = Self.nonce(in: answer.body)
            // Without a gateway there is no tag; a name of its own keeps a client able to say what it saw.
            known[resource] = answer["etag"] ?? nonce.map { "\"\($0)\"" }
            note(.saw(version: known[resource], nonce: nonce), .read, nil, resource, began)
        case 404, 410:
            note(.missing, .read, nil, resource, began)
            await write("PUT", resource, .write(plan.upstreamCompares ? .none : .absent))
        default:
            return
        }
    }

    private mutating func write(_ method: String, _ resource: Int, _ action: ClientOperation.Action) async {
        nonces += 1
        writes += 1
        let nonce = "n\(plan.seed)-\(number)-\(nonces)"
        let request = request(method, resource, action, nonce)
        let began = NIODeadline.now().uptimeNanoseconds
        guard !random.happens(plan.disconnects) else {
            let outcome = await leave(request)
            return note(outcome, action, nonce, resource, began)
        }
        let outcome: ClientOperation.Outcome
        do {
            outcome = self.outcome(of: try await connection.send(request))
        } catch HTTPTestFault.notConnected {
            outcome = .notSent
        } catch {
            outcome = .abandoned
        }
        note(outcome, action, nonce, resource, began)
        learn(outcome, resource)
    }

    /// Goes away in the middle of the body, which must then never be applied, or after it.
    private mutating func leave(_ request: HTTPTestRequest) async -> ClientOperation.Outcome {
        let isWhole = request.body.isEmpty || random.happens(0.7)
        do {
            try await connection.abandon(request, afterBody: isWhole ? nil : request.body.count / 2)
            return isWhole ? .abandoned : .notSent
        } catch HTTPTestFault.notConnected {
            return .notSent
        } catch {
            return .abandoned
        }
    }

    /// What is known next: the version just written, or that it must be read again.
    private mutating func learn(_ outcome: ClientOperation.Outcome, _ resource: Int) {
        switch outcome {
        case .done(let version): known[resource] = version
        case .turnedAway: return
        default: known[resource] = nil
        }
    }

    private func request(
        _ method: String,
        _ resource: Int,
        _ action: ClientOperation.Action,
        _ nonce: String
    ) -> HTTPTestRequest {
        var request = HTTPTestRequest(method, plan.path(of: resource))
        request.fields = [HTTPField("X-Nonce", nonce)]
        switch action.condition {
        case .none: break
        case .match(let tag): request.fields.append(HTTPField("If-Match", tag))
        case .absent: request.fields.append(HTTPField("If-None-Match", "*"))
        }
        guard method != "DELETE" else { return request }
        let type = method == "PATCH" ? "application/merge-patch+json" : "application/json"
        request.fields.append(HTTPField("Content-Type", type))
        request.body = Array(#"{"nonce":"\#(nonce)","by\#(number)":\#(nonces)}"#.utf8)
        return request
    }

    private mutating func note(
        _ outcome: ClientOperation.Outcome,
        _ action: ClientOperation.Action,
        _ nonce: String?,
        _ resource: Int,
        _ began: UInt64
    ) {
        let operation = ClientOperation(
            client: number,
            action: action,
            nonce: nonce,
            invoked: began,
            completed: NIODeadline.now().uptimeNanoseconds,
            outcome: outcome
        )
        operations[resource, default: []].append(operation)
    }

    private func outcome(of answer: HTTPTestResponse) -> ClientOperation.Outcome {
        switch answer.status {
        case 200..<300:
            return .done(version: answer["parley-version"] ?? answer["etag"])
        case 404, 410:
            return .missing
        case 412:
            return .refused(current: Self.member("current_version", of: answer.body))
        case 502, 504:
            // Without a word about the outcome nothing was sent, and so nothing may be applied.
            let claim = Self.member("outcome", of: answer.body).flatMap(ClientOperation.Claim.init(rawValue:))
            guard claim == nil, !plan.upstreamCompares else { return .uncertain(claim ?? .unknown) }
            return .turnedAway(status: answer.status)
        default:
            return .turnedAway(status: answer.status)
        }
    }

    private static func nonce(in body: [UInt8]) -> String? { member("nonce", of: body) }

    private static func member(_ name: String, of body: [UInt8]) -> String? {
        do {
            return try JSONParser.parse(body)[name]?.string
        } catch {
            return nil  // Then the answer does not say; the checker treats it so.
        }
    }
}
