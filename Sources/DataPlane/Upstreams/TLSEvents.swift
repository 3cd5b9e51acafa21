import NIOTLS

/// What TLS tells the rest of a pipeline.
enum TLSEvents {
    /// Whether an event says that the handshake is done.
    static func isHandshakeComplete(_ event: Any) -> Bool {
        guard let event = event as? TLSUserEvent, case .handshakeCompleted = event else { return false }
        return true
    }
}
