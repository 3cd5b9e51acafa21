import ConflictEngine
import HTTPWire

extension GatewayProblemKind {
    /// What a client is told whose request could not be read.
    init(_ fault: WireFault) {
        self =
            switch fault {
            case .malformed: .badRequest
            case .requestLineTooLong: .uriTooLong
            case .headersTooLarge: .headersTooLarge
            case .unsupportedCoding: .notImplemented
            }
    }
}
