import ConflictEngine
import HTTPWire
import NIOCore
import RouteMatching

/// One request with its answer; one object per connection, used again for each.
///
/// What happens to a request, in order, is in `ExchangeLifecycle.swift`; each stage is a folder.
final class Exchange {
    /// The client's connection, which owns this exchange.
    let connection: ClientConnection
    /// The loop both live on.
    let loop: LoopContext

    // Arrival
    /// The configuration this exchange is answered from, whatever is loaded meanwhile.
    var snapshot: Snapshot
    /// When the head was complete (ns).
    var started: UInt64 = 0
    /// The method.
    var method = MethodKind.other
    /// The path in normal form, if it did not come in it.
    var rewrittenPath: [UInt8]?
    /// The path as it came.
    var pathSlice = ByteSlice(0, 0)
    /// The query without its `?`.
    var querySlice: ByteSlice?
    /// The query of the resource that an errand is about, in place of the request's own.
    var rewrittenQuery: [UInt8]?
    /// The path of the gateway's own that was asked for: an errand acts on the path of its resource.
    var ownPath: [UInt8]?
    /// The authority of an absolute-form target, which stands in for Host.
    var authority: ByteSlice?
    /// Whether the peer's forwarding fields are believed.
    var isPeerTrusted = false
    /// How many trusted proxies in a row the request came through, the peer among them.
    var trustedHops = 0
    /// The client, if a trusted proxy named it.
    var forwardedClient: ClientAddress?
    /// The request's identifier.
    var requestID = RequestID()
    /// How the request's body ends.
    var framing = BodyFraming.none
    /// Bytes of the body so far.
    var bodyReceived = 0

    // Matching, identity
    /// The route's plan.
    var plan: RoutePlan?
    /// What the path's parameters took.
    var captures = PathCaptures()
    /// The caller's number in the snapshot; below zero if unknown.
    var consumer = -1
    /// The field whose key was taken, which is not passed on.
    var keyField: FieldName?
    /// The CORS policy of a refusal that no route was found for, taken from a route on the same path.
    var corsOfPath: CORSPlan?
    /// Header lines the answer must carry besides its own: rate limits.
    var limitLines: [UInt8] = []

    // Forwarding
    /// Counts exchanges, so that late events of an earlier one are recognised.
    var generation: UInt64 = 0
    /// The connection that carries the request.
    var upstream: UpstreamConnection?
    /// The target chosen.
    var target: TargetPlan?
    /// Extra tries made.
    var retries = 0
    /// Whether the request's body may be read now.
    var acceptsBody = false
    /// When the request went upstream (ns).
    var sentAt: UInt64 = 0
    /// Whether the target counts this exchange among its own.
    var holdsTarget = false
    /// Whether the upstream counts this exchange among those running.
    var isCounted = false
    /// Whether this exchange holds a part of the retry budget.
    var isRetrying = false
    /// Whether the client was told to send its body.
    var hasSentContinue = false
    /// Whether the connection becomes a tunnel if the upstream agrees.
    var wantsTunnel = false
    /// Whether it has become one.
    var isTunnel = false

    // Answer
    /// The status sent, 0 before.
    var status = 0
    /// Whether the answer's head was written.
    var hasBegunAnswer = false
    /// Whether the answer's body is written in chunks.
    var isAnswerChunked = false
    /// Whether the connection may be used again after the answer.
    var keepsAlive = true
    /// Whether this exchange is over.
    var isOver = true
    /// Bytes of the answer's body sent.
    var bodySent = 0
    /// The answer held back until its kind or version is known.
    var hold: AnswerHold?
    /// Extra header lines of the answer, made by the conflict stage.
    var conflictLines: [UInt8] = []
    /// Codes the answer's body, where it is coded.
    var coder: AnswerCoder?
    /// The client's lines of `If-None-Match`, where its tags are mapped.
    var clientNoneMatch: [[UInt8]] = []
    /// Whether the upstream's tag is left out of the answer.
    var dropsTag = false
    /// The work of level `serialise` for this exchange.
    var versioning: (any VersioningWork)?
    /// What the request says about locks.
    var lockConditions: LockConditions?
    /// The number that the upstream gets in `Parley-Fence`.
    var fence: Int64?
    /// What is looked up before the request goes on, and the values it holds.
    var guards: GuardCheck?
    /// What the write's author has not seen of what it overwrites.
    var blindness: Blindness?
    /// The status that an upstream's conflict gets instead of its own.
    var normalStatus: Int?
    /// A read that others may share.
    var reading: CachedReading?
    /// The claim to the request's idempotency key.
    var claim: KeyClaim?

    /// An exchange that waits for its connection's first request.
    init(on connection: ClientConnection) {
        self.connection = connection
        loop = connection.loop
        snapshot = connection.loop.snapshot
    }

    /// Forgets the exchange before.
    func reset() {
        generation &+= 1
        snapshot = loop.snapshot
        rewrittenPath = nil
        querySlice = nil
        rewrittenQuery = nil
        ownPath = nil
        authority = nil
        isPeerTrusted = false
        trustedHops = 0
        forwardedClient = nil
        framing = .none
        bodyReceived = 0
        plan = nil
        corsOfPath = nil
        consumer = -1
        keyField = nil
        if !limitLines.isEmpty { limitLines = [] }
        upstream = nil
        target = nil
        retries = 0
        acceptsBody = false
        sentAt = 0
        wantsTunnel = false
        isTunnel = false
        holdsTarget = false
        isCounted = false
        isRetrying = false
        hasSentContinue = false
        status = 0
        hasBegunAnswer = false
        isAnswerChunked = false
        keepsAlive = true
        isOver = false
        bodySent = 0
        hold = nil
        if !conflictLines.isEmpty { conflictLines = [] }
        dropsTag = false
        coder = nil
        if !clientNoneMatch.isEmpty { clientNoneMatch = [] }
        versioning = nil
        claim = nil
        reading = nil
        guards = nil
        blindness = nil
        normalStatus = nil
        lockConditions = nil
        fence = nil
    }
}
