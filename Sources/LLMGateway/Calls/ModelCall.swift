import Catalog
import DataPlane
import HTTPSemantics
import LLMTranslation
import NIOCore

/// One call of a model, from the client's request to what is counted of it.
///
/// Body → guards → task → key of a retry → equal calls → limits → tries, one at a time → answer or failure → report, exactly
/// once. Lives on its client's loop.
final class ModelCall: ServiceCall.Worker {
    /// Where the call stands.
    enum Phase { case reading, looking, waiting, trying, gathering, failing, streaming, over }

    /// The client's side.
    let call: ServiceCall
    /// The service it came to.
    let service: ModelService
    /// What its path says.
    let request: SurfaceRequest
    /// When it began (ns).
    let began: UInt64
    /// When it began (ms since 1970).
    let time: Int64

    /// Where it stands.
    var phase = Phase.reading
    /// What is wanted, once the body is read.
    var task: (any ModelTask)?
    /// The targets still to be tried, the first being the one at work.
    var candidates: [CandidateOrder.Candidate] = []
    /// The keys of the first candidate's provider that have been tried.
    var triedKeys: Set<Int> = []
    /// Whether the last candidate has been given its second chance.
    var hasRepeated = false
    /// Tries made.
    var attempts = 0
    /// The try at work.
    var attempt: Attempt?
    /// Why the last try failed, or the last candidate was passed over.
    var lastFailure: ModelFailure?
    /// When a resting key or target can be asked again (ns), the soonest.
    var soonest: UInt64?

    /// What is reserved of the limits the call falls under.
    var reservation: QuotaTable.Reservation?
    /// The provider's answer, as far as it is held.
    var gathered: [UInt8] = []
    /// Passes a stream on.
    var relay: StreamRelay?
    /// What was bought of an answer that is still being looked through.
    var bought: Counted?
    /// Its place among equal calls.
    var flight: Flight?
    /// Asks for itself, where it waits for an equal call.
    var resumes: (() -> Void)?
    /// What was sent of a stream that is kept.
    var transcript: Transcript?
    /// The end of a stream, which goes out once the stream is kept.
    var ending: [UInt8] = []
    /// What guards found.
    var findings: [GuardTally] = []
    /// When the provider's first byte came (ns).
    var firstByte: UInt64 = 0
    /// Watches the time.
    var timer: CallTimer?
    private var me: ModelCall?

    /// A call that a service has been handed.
    init(_ call: ServiceCall, _ request: SurfaceRequest, of service: ModelService) {
        self.call = call
        self.request = request
        self.service = service
        began = call.loop.now
        time = call.loop.milliseconds
    }

    /// Begins by reading the body.
    func begin() {
        me = self
        call.worker = self
        call.readBody(limit: service.options.bodyLimit) { [self] result in
            switch result {
            case .success(let body): bodyCame(body)
            case .failure(let refusal):
                refuse(ModelFailure(ModelFailure.kind(of: refusal.status), refusal.detail, status: refusal.status))
            }
        }
    }

    // MARK: The client

    func clientGone() {
        guard phase != .over else { return }
        attempt?.outgoing.cancel()
        if phase == .streaming, relay?.isWhole == true { return leftAtTheEnd() }
        if let relay { note(relay.findings, on: .answers) }
        finish(.cancelled, status: call.hasBegunAnswer ? 200 : 499, fault: "the client left")
    }

    func clientWritabilityChanged(_ isWritable: Bool) {
        guard phase == .streaming else { return }
        attempt?.outgoing.pause(!isWritable)
    }

    /// The call is over: it is let go of.
    func close() {
        phase = .over
        timer?.stop()
        timer = nil
        attempt = nil
        relay = nil
        resumes = nil
        me = nil
    }
}
