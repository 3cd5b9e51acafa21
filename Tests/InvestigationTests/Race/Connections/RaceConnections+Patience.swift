import Investigation

extension RaceConnections {
    /// Sends as writer 0, again if a busy machine took longer than the patience to connect, which sends nothing.
    func sendOnceConnected(_ request: RaceRequest) async -> RaceReply {
        var reply = RaceReply.notSent("")
        repeat { reply = await send(request, as: 0) } while reply == .notSent("no connection in time")
        return reply
    }
}
