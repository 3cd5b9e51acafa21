import Catalog
import ConflictEngine
import HTTPWire
import NIOCore
import Synchronization

extension Exchange {
    /// Sends the request upstream and lets its body follow.
    func forward() {
        guard let plan else { return }
        countIn(at: plan.upstream)
        tryTarget(avoiding: nil, fresh: false)
    }

    /// One try: a target, a connection, the head.
    private func tryTarget(avoiding failed: TargetPlan?, fresh: Bool) {
        guard let plan else { return }
        let hash = hashOfRequest(plan.upstream)
        let pinned = failed == nil ? versioning?.pinnedTarget : nil
        let chosen =
            pinned
            ?? plan.upstream.choose(now: started, hash: hash, chance: loop.random.next(), avoiding: failed)
        target = chosen
        if !fresh, let connection = loop.pools.take(chosen) {
            hold(chosen)
            return send(on: connection)
        }
        connect(to: chosen)
    }

    private func hold(_ target: TargetPlan) {
        target.state.active.wrappingAdd(1, ordering: .relaxed)
        target.state.requests.wrappingAdd(1, ordering: .relaxed)
        holdsTarget = true
    }

    /// Goes on with a new connection; `unsent` is what an earlier one should have carried.
    private func connect(to target: TargetPlan, sending unsent: ByteBuffer? = nil) {
        hold(target)
        let generation = generation
        loop.pools.connect(to: target, on: loop) { [self] result in
            guard generation == self.generation, !isOver else {
                if case .success(let connection) = result { connection.close() }
                return
            }
            switch result {
            case .success(let connection): send(on: connection, unsent)
            case .failure(let fault): answerFailed(fault)
            }
        }
    }

    private func send(on upstream: UpstreamConnection, _ unsent: ByteBuffer? = nil) {
        guard let plan, let target else { return }
        self.upstream = upstream
        sentAt = loop.now
        upstream.begin(for: self, isHead: method == .head && versioning == nil)
        if let unsent {
            upstream.send(unsent)
        } else {
            upstream.withOutbox { buffer in
                writeRequestHead(plan: plan, target: target, to: &buffer)
                if let body = versioning?.bodyToSend { buffer.writeBytes(body) }
            }
        }
        guard versioning?.bodyToSend == nil, framing != .none, !connection.isBodyComplete else {
            return upstream.requestIsComplete()
        }
        acceptsBody = true
        sendContinue()
        connection.setDeadlineOfExchange()
        connection.process()
    }

    /// Tells a client that waits for it to send its body (RFC 9110 §10.1.1).
    func sendContinue() {
        guard connection.head.minorVersion == 1, let slice = connection.head.slice(of: .expect),
            connection.head.matches(slice, "100-continue"), !hasSentContinue
        else { return }
        hasSentContinue = true
        connection.withOutbox { _ = $0.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n") }
        connection.flush()
    }

    /// A target for a read made for this request; `failed` is one that could not be reached.
    func chooseTarget(of upstream: UpstreamPlan, avoiding failed: TargetPlan? = nil) -> TargetPlan {
        upstream.choose(
            now: loop.now,
            hash: hashOfRequest(upstream),
            chance: loop.random.next(),
            avoiding: failed
        )
    }

    /// What decides the place on the hash ring; 0 where nothing does.
    func hashOfRequest(_ upstream: UpstreamPlan) -> UInt64 {
        guard case .consistentHash(let key) = upstream.balance else { return 0 }
        return connection.head.ringPlace(by: key, client: client.bytes)
    }

    // MARK: The request's body

    /// A piece of the body: passed on, or kept by the work that needs it whole.
    func bodyPiece(_ piece: ByteBuffer) {
        bodyReceived += piece.readableBytes
        if let limit = plan?.bodyLimit, bodyReceived > limit { return bodyIsTooLarge(limit) }
        if let versioning, versioning.takesBody { return versioning.bodyPiece(piece) }
        guard let upstream else { return }
        if framing == .chunked {
            upstream.withOutbox { ChunkedEncoder.writeSize(piece.readableBytes, to: &$0) }
            upstream.send(piece)
            upstream.withOutbox { ChunkedEncoder.writeChunkEnd(to: &$0) }
        } else {
            upstream.send(piece)
        }
        acceptsBody = upstream.isWritable
    }

    /// The body is complete.
    func bodyEnded(trailers: [(name: [UInt8], value: [UInt8])]) {
        acceptsBody = false
        if let versioning, versioning.takesBody { return versioning.bodyEnded() }
        guard let upstream else { return }
        if framing == .chunked {
            upstream.withOutbox { ChunkedEncoder.writeEnd(trailers: trailers, to: &$0) }
        }
        upstream.requestIsComplete()
    }

    /// The body breaks the grammar: the upstream must never see a complete request.
    func bodyBroken(_ fault: WireFault) {
        letGoOfUpstream()
        keepsAlive = false
        guard !hasBegunAnswer else { return connection.cut() }
        answer(.problem(.badRequest, "The request was refused: \(fault.explanation)."))
    }

    /// Nothing of the body came for too long.
    func bodyStalled() {
        guard !connection.isBodyComplete else { return }
        let isUpstreamSlow = upstream?.isWritable == false
        letGoOfUpstream()
        keepsAlive = false
        guard !hasBegunAnswer else { return connection.cut() }
        answer(
            isUpstreamSlow
                ? .problem(.upstreamTimeout, "The upstream stopped taking the request's body.")
                : .problem(.badRequest, "The request's body stopped arriving.")
        )
    }

    private func bodyIsTooLarge(_ limit: Int) {
        letGoOfUpstream()
        keepsAlive = false
        guard !hasBegunAnswer else { return connection.cut() }
        answer(.bodyTooLarge(limit: limit))
    }

    /// The upstream takes bytes again.
    func requestMayContinue() {
        guard !isOver, upstream != nil, versioning?.takesBody != true else { return }
        acceptsBody = true
        connection.process()
        connection.updateReading()
    }

    // MARK: Failure

    /// No complete answer will come on this try.
    func answerFailed(_ fault: UpstreamFault) {
        guard !isOver else { return }
        let failed = target
        upstream = nil
        if fault.countsAgainstTarget, let failed { loop.note(fault.explanation, against: failed) }
        targetReleased()
        if fault.mayHaveBeenSent { claim?.evidence = .unanswered }
        endCachedReads()
        if let versioning { return versioning.failed(fault) }
        failPlainly(fault)
    }

    /// Tries again where that is allowed, else tells the client.
    func failPlainly(_ fault: UpstreamFault) {
        if hasBegunAnswer { return cutAnswer() }
        if !triesAgain(after: fault) { answer(reply(to: fault)) }
    }

    /// Begins another try where that is allowed.
    func triesAgain(after fault: UpstreamFault) -> Bool {
        if case .stale(let unsent?) = fault, let target {
            // Nothing was tried yet, so this is still the first try.
            acceptsBody = false
            connect(to: target, sending: unsent)
            return true
        }
        guard mayTryAgain(after: fault) else { return false }
        hold = nil
        tryTarget(avoiding: (plan?.upstream.targets.count ?? 1) > 1 ? target : nil, fresh: true)
        return true
    }

    /// Any method while no byte was sent; after that only reading ones without a body, before the answer's first byte.
    private func mayTryAgain(after fault: UpstreamFault) -> Bool {
        guard let plan, retries < plan.upstream.retryAttempts else { return false }
        switch fault {
        case .unreachable, .shortage: break
        case .stale where framing == .none || versioning?.bodyToSend != nil: break
        case .closedEarly where method.mayBeRepeated && framing == .none: break
        default: return false
        }
        guard takesRetry(of: plan.upstream) else { return false }
        retries += 1
        return true
    }

    /// Whether the upstream's retry budget allows one more try; given back when the exchange ends.
    func takesRetry(of upstream: UpstreamPlan) -> Bool {
        countIn(at: upstream)
        isRetrying = isRetrying || upstream.state.mayRetry()
        return isRetrying
    }

    private func countIn(at upstream: UpstreamPlan) {
        if !isCounted { upstream.state.began() }
        isCounted = true
    }

    /// What the client is told of a fault.
    func reply(to fault: UpstreamFault) -> LocalReply {
        switch fault {
        case .unreachable, .stale: .problem(.upstreamUnreachable, fault.explanation)
        case .shortage, .exhausted: .unavailable(.overloaded, fault.explanation)
        case .closedEarly, .closedWithinAnswer, .protocolViolation: .problem(.upstreamProtocol, fault.explanation)
        case .timedOut, .stalled: .problem(.upstreamTimeout, fault.explanation)
        }
    }

    /// Gives the target and the retry budget back.
    func targetReleased() {
        guard holdsTarget else { return }
        holdsTarget = false
        target?.state.active.wrappingSubtract(1, ordering: .relaxed)
    }

    /// The client is gone: nothing more is sent upstream, unless a write is already on its way.
    func clientGone() {
        guard !isOver else { return }
        if let versioning, versioning.survivesClient {
            versioning.clientGone()
            return
        }
        versioning?.cancel()
        versioning = nil
        claim?.abandon()
        claim = nil
        reading?.end()
        reading = nil
        guards?.release()
        guards = nil
        hold?.release()
        hold = nil
        letGoOfUpstream()
        isOver = true
        if status == 0 { status = 499 }
        record()
        plan = nil
    }
}
