import HTTPSemantics
import NIOCore
import TestKit

/// One client of an object whose stale writes are merged: counts, and changes fields, often from an old version.
struct MergeClient: ~Copyable {
    private struct Known {
        var tag: String
        var state: MergeModel.State
    }

    private var connection: HTTPTestClient
    private let path: String
    private let name: String
    private var random: SeededGenerator
    private var known: Known?
    private var count = 0
    /// What it did.
    private(set) var steps: [MergeHistory.Step] = []

    /// A client that has not connected yet; `name` is its own in the history.
    init(_ name: String, at path: String, to gateway: GatewayUnderTest, chance: SeededGenerator) {
        connection = HTTPTestClient(port: gateway.port)
        (self.path, self.name, random) = (path, name, chance)
    }

    /// Writes once, on what it knows or on what it reads first.
    mutating func step() async {
        if known == nil || random.happens(0.3) { await read() }
        if let known { await write(on: known) }
    }

    private mutating func read() async {
        let began = NIODeadline.now().uptimeNanoseconds
        guard let answer = try? await connection.send(HTTPTestRequest("GET", path)), answer.status == 200,
            let state = Self.state(answer)
        else { return }  // a read without an answer tells nothing
        // Without a gateway there is no tag, and nobody who compares one.
        known = Known(tag: answer["etag"] ?? "\"none\"", state: state)
        note(.read, nil, .saw(state), began)
    }

    private mutating func write(on known: Known) async {
        count += 1
        let nonce = "\(name)-\(count)"
        let mine = change(known.state)
        var request = HTTPTestRequest("PUT", path, body: Self.body(mine))
        request.fields = [
            HTTPField("X-Nonce", nonce), HTTPField("If-Match", known.tag),
            HTTPField("Content-Type", "application/json"),
        ]
        let began = NIODeadline.now().uptimeNanoseconds
        let answer: MergeModel.Answer?
        do {
            let told = try await connection.send(request)
            answer = Self.answer(told)
            learn(told)
        } catch HTTPTestFault.notConnected {
            answer = .noEffect
        } catch {
            answer = nil
        }
        note(.merge(base: known.state, mine: mine), nonce, answer, began)
    }

    /// A change that no other client makes: counters go up, fields get a value of their own.
    private mutating func change(_ state: MergeModel.State) -> MergeModel.State {
        var mine = state
        if random.happens(0.6) { mine["n", default: 0] += Int.random(in: 1...3, using: &random) }
        guard mine == state || random.happens(0.4) else { return mine }
        let field = ["a", "b", "c", "d", "e", "start", "end"].randomElement(using: &random) ?? "a"
        mine[field] = Int(random.next() >> 12)
        return mine
    }

    /// An overlap makes the client read anew; a success, what it made or was shown, is where it goes on.
    private mutating func learn(_ answer: HTTPTestResponse) {
        switch answer.status {
        case 200:
            // Now and then the old version is kept, since it is the old ones that are merged.
            guard random.happens(0.5), let tag = answer["parley-version"], let state = Self.state(answer) else {
                return
            }
            known = Known(tag: tag, state: state)
        case 409, 503: return
        default: known = nil
        }
    }

    private mutating func note(
        _ request: MergeModel.Operation,
        _ nonce: String?,
        _ answer: MergeModel.Answer?,
        _ began: UInt64
    ) {
        let now = NIODeadline.now().uptimeNanoseconds
        steps.append(MergeHistory.Step(request, nonce: nonce, answer: answer, invoked: began, completed: now))
    }

    private static func answer(_ answer: HTTPTestResponse) -> MergeModel.Answer? {
        switch answer.status {
        case 200..<300: return .done(state(answer))
        case 412:
            guard answer.json?["values"] != nil else { return .refused(overlap: nil) }
            let pointers = answer.json?["overlap"]?.array ?? []
            return .refused(overlap: Set(pointers.compactMap { $0.string.map { String($0.dropFirst()) } }))
        case 502, 504:
            switch answer.json?["outcome"]?.string {
            case "applied": return .done(nil)
            case "unknown": return nil
            default: return .noEffect
            }
        default: return .noEffect
        }
    }

    /// The members of an object of whole numbers.
    static func state(_ body: [UInt8]) -> MergeModel.State? {
        guard let object = try? JSONParser.parse(body).object else { return nil }  // whatever else it is
        let pairs = object.members.compactMap { member in member.value.integer.map { (member.name, Int($0)) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    private static func state(_ answer: HTTPTestResponse) -> MergeModel.State? { state(answer.body) }

    /// An object of whole numbers, its members in order.
    static func body(_ state: MergeModel.State) -> [UInt8] {
        let members = state.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
        return Array("{\(members.joined(separator: ","))}".utf8)
    }
}
