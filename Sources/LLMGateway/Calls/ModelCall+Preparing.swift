import Catalog
import ContentGuarding
import DataPlane
import LLMTranslation

extension ModelCall {
    /// The body is there: guards look through it first.
    func bodyCame(_ body: [UInt8]) {
        if let coding = call.field("content-encoding"), coding.lowercased() != "identity" {
            let text = "The body is coded with «\(coding.prefix(32))»; send it plain, without Content-Encoding."
            return refuse(ModelFailure(.invalidRequest, text))
        }
        guard let rules = service.guards, rules.looks(at: .requests) else { return prepare(body, asSent: body) }
        phase = .looking
        call.loop.work(on: body.count, { GuardedBody(body, rules, .requests) }) { [self] guarded in
            guard phase == .looking else { return }
            guard let guarded else { return refuse(ModelFailure(.overloaded, "The gateway is shutting down.")) }
            guard guarded.isReadable else { return refuse(ModelFailure(.invalidRequest, Self.unreadable)) }
            note(guarded.found.map(\.finding), on: .requests)
            // The ledger names the model that was asked for, though nobody asks it.
            if guarded.refusal != nil { task = try? makeTask(guarded.bytes) }
            if let refusal = guarded.refusal { return refuse(.refused(by: refusal.finding, at: refusal.place)) }
            prepare(guarded.bytes, asSent: body)
        }
    }

    private static let unreadable =
        "The body holds a text that is not proper Unicode, or is nested too deeply, so that guards cannot look through it."

    /// Finds out what is wanted, of whom, and whether it was asked before.
    private func prepare(_ body: [UInt8], asSent sent: [UInt8]) {
        do {
            let task = try makeTask(body)
            self.task = task
            let model = try service.model(task.model, consumer: call.consumerIndex, within: request.operation).get()
            candidates = CandidateOrder.candidates(
                for: model,
                in: service.catalog,
                now: call.loop.now,
                chance: call.loop.chance()
            )
        } catch let fault as MalformedRequest {
            return refuse(ModelFailure(of: fault))
        } catch let failure as ModelFailure {
            return refuse(failure)
        } catch {
            return refuse(ModelFailure(.invalidRequest, "The body could not be read: \(error)."))
        }
        phase = .waiting
        call.claimKey(sent, joinsFor: service.options.deadline.wholeNanoseconds) { [self] ruling in
            guard phase == .waiting else { return }
            obey(ruling, body)
        }
    }

    private func makeTask(_ body: [UInt8]) throws(MalformedRequest) -> any ModelTask {
        let cap = service.options.maxOutput.map { OutputCap(limit: $0) }
        if let prompt = service.prompts[call.route] { return try PromptTask(prompt, body, cap: cap) }
        let client = try ClientRequest(request, body: body, requestID: call.requestID, created: Int(time / 1000))
        switch request.operation {
        case .embed(let family): return try EmbeddingTask(family, client)
        case .count(let family): return try CountTask(family, client)
        case .converse(let format):
            let guards = service.guards.flatMap { $0.looks(at: .answers) ? $0 : nil }
            return try ConversationTask(format, client, cap: cap, guards: guards)
        default: throw MalformedRequest("", "Nothing is asked for.")
        }
    }

    private func obey(_ ruling: ServiceKeyRuling, _ body: [UInt8]) {
        switch ruling {
        case .go: lookUp(body)
        case .replay(let status):
            call.replay()
            finish(.cached, status: status, fault: nil, .nothing)
        case .refused(let refusal):
            refuse(ModelFailure(ModelFailure.kind(of: refusal.status), refusal.detail, status: refusal.status))
        case .running, .reused, .uncertain, .spent, .unavailable: refuseRetry(ruling)
        }
    }

    /// Goes on to the tries, within the limits that the call falls under.
    func start(_ body: [UInt8]) {
        if let failure = reserve(bodySize: body.count) { return refuse(failure) }
        phase = .trying
        timer = timer ?? CallTimer(self)
        tryNext()
    }
}
