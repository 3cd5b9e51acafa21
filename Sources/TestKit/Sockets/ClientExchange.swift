import NIOCore

/// A request on its way, and the promise of its answer.
struct ClientExchange: Sendable {
    /// The whole request, or as much of it as is to be sent.
    let bytes: [UInt8]
    /// Whether the answer has no body.
    let isHead: Bool
    /// How long to wait for the answer.
    let patience: TimeAmount
    /// What the answer, or an ``HTTPTestFault``, is told to.
    let promise: EventLoopPromise<HTTPTestResponse>
}
