/// Sends the requests of a race, each writer's over a connection of its own.
package protocol RaceTransport: Sendable {
    /// Sends one request as `writer` and waits for the whole answer or the end of patience; sends it once.
    func send(_ request: RaceRequest, as writer: Int) async -> RaceReply
}
