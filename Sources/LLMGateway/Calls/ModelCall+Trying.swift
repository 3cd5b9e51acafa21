import Catalog
import DataPlane
import LLMTranslation
import NIOCore

extension ModelCall {
    /// Makes the next try, or gives up.
    func tryNext() {
        let now = call.loop.now
        guard attempts < service.options.attempts, now < deadline else { return giveUp() }
        while let candidate = candidates.first {
            if answersItself(for: candidate) { return }
            let keys = candidate.target.provider.keys
            if keys.isEmpty {
                guard triedKeys.isEmpty else { next(); continue }
                triedKeys = [-1]
                if start(candidate, key: nil) { return }
            } else if let key = keys.choose(now: now, chance: call.loop.chance(), except: triedKeys) {
                triedKeys.insert(key.index)
                if start(candidate, key: key) { return }
            } else if triedKeys.isEmpty {
                noteResting(candidate, until: keys.restsUntil())
            }
            next()
        }
        giveUp()
    }

    /// Goes on to the next candidate.
    func next() {
        candidates.removeFirst()
        triedKeys = []
    }

    /// When no further try is begun (ns).
    var deadline: UInt64 { began &+ service.options.deadline.wholeNanoseconds }

    private func noteResting(_ candidate: CandidateOrder.Candidate, until time: UInt64) {
        soonest = min(soonest ?? .max, time)
        let provider = candidate.target.provider
        let reason = provider.keys.reasonOfRest() ?? .rateLimited
        guard reason == .rateLimited else {
            if lastFailure == nil { lastFailure = gatewaysOwn(reason, provider, until: time) }
            return
        }
        // Waiting helps against a rate limit, so it is told rather than another provider's refusal of long ago.
        let isOfLongAgo = attempts == 0 && lastFailure?.kind == .server
        guard lastFailure == nil || isOfLongAgo else { return }
        lastFailure = ModelFailure(.rateLimited, "Every key of the provider «\(provider.name)» is cooling down.")
    }

    /// Answers with an estimate, for which no key is needed, where the candidate's provider cannot be asked.
    private func answersItself(for candidate: CandidateOrder.Candidate) -> Bool {
        do throws(MalformedRequest) {
            guard let estimate = try task?.estimate(for: candidate.target) else { return false }
            answer(withEstimate: estimate)
            return true
        } catch {
            if lastFailure == nil { lastFailure = ModelFailure(of: error) }
            return false
        }
    }

    /// Sends a try; false if the request cannot be said to this candidate.
    private func start(_ candidate: CandidateOrder.Candidate, key: KeyPool.Choice?) -> Bool {
        guard let task else { return false }
        let request: ProviderRequest
        do throws(MalformedRequest) {
            request = try task.request(for: candidate.target)
            try checkLosses(request)
        } catch {
            // That this one cannot be asked hides nothing that went wrong with another.
            if lastFailure == nil { lastFailure = ModelFailure(of: error) }
            return false
        }
        attempts += 1
        let outgoing = call.loop.call(candidate.target.provider.target, for: self)
        attempt = Attempt(candidate, key: key, request: request, began: call.loop.now, outgoing: outgoing)
        phase = .trying
        gathered = []
        timer?.set(deadline)
        outgoing.send(head(of: request, to: candidate.target.provider, key: key), request.body)
        return true
    }

    private func checkLosses(_ request: ProviderRequest) throws(MalformedRequest) {
        guard service.options.strict, let loss = request.losses.first else { return }
        throw MalformedRequest(
            loss.field,
            "\(loss.field) cannot be carried to this model's provider: \(loss.reason). Leave it out, or ask another model."
        )
    }

    private func answer(withEstimate body: [UInt8]) {
        call.answer(200, lines: AnswerLines.json + AnswerLines.line("Parley-Estimated", "true"), body: body)
        finish(.completed, status: 200, fault: nil)
    }

    // MARK: The request's head

    private func head(of request: ProviderRequest, to provider: ProviderPlan, key: KeyPool.Choice?) -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: 1024)
        buffer.writeStaticString("POST ")
        buffer.writeBytes(request.path)
        buffer.writeStaticString(" HTTP/1.1\r\nHost: ")
        buffer.writeBytes(provider.target.authority)
        buffer.writeStaticString("\r\nContent-Type: application/json\r\nAccept-Encoding: identity\r\nContent-Length: ")
        buffer.writeString(String(request.body.count))
        buffer.writeStaticString("\r\n")
        if let key { provider.appendKey(key.value, to: &buffer) }
        if request.isPassThrough {
            call.appendFields(except: Self.ownNames, to: &buffer)
        } else {
            buffer.writeStaticString("User-Agent: parley\r\n")
            buffer.writeStaticString(
                task?.streams == true ? "Accept: text/event-stream\r\n" : "Accept: application/json\r\n"
            )
        }
        if provider.vendor == .anthropic, !request.isPassThrough || call.field("anthropic-version") == nil {
            buffer.writeStaticString("anthropic-version: 2023-06-01\r\n")
        }
        buffer.writeStaticString("\r\n")
        return buffer
    }

    /// Fields of the client's that are its own affair or that this head has already, and those that say who pays or what is
    /// told of the answer, in lower case.
    private static let ownNames = [
        "content-type", "api-key", "openai-organization", "openai-project", "referer", "x-real-ip", "x-forwarded-port",
        "content-encoding", "x-goog-user-project", "x-goog-fieldmask", "x-goog-request-params", "x-goog-quota-user",
        "x-goog-iam-authorization-token", "x-goog-authenticated-user-email", "x-goog-encode-response-if-executable",
        "x-http-method-override", "x-http-method", "x-method-override",
    ].map { Array($0.utf8) }
}
