/// Whether traffic can be served, and which parts are not as they should be.
package struct Readiness: Sendable, Equatable {
    /// How a part is doing.
    package enum State: String, Sendable, Equatable {
        case ok
        case degraded
        case down
    }

    /// A part of the gateway, such as `gateway`, `configuration`, `journal`, `upstreams`.
    package struct Part: Sendable, Equatable {
        /// Its name; one word.
        package var name: String
        /// How it is doing.
        package var state: State
        /// What is wrong, in a sentence.
        package var detail: String?

        /// A part and how it is doing.
        package init(_ name: String, _ state: State, detail: String? = nil) {
            self.name = name
            self.state = state
            self.detail = detail
        }
    }

    /// Whether traffic can be served at all; not while draining.
    package var isReady: Bool
    /// Whether the gateway is about to stop.
    package var isDraining: Bool
    /// The parts.
    package var parts: [Part]

    /// Ready or not, with the parts that say why.
    package init(isReady: Bool, isDraining: Bool = false, parts: [Part]) {
        self.isReady = isReady
        self.isDraining = isDraining
        self.parts = parts
    }

    /// Names of the parts that are not as they should be.
    package var troubled: [String] { parts.filter { $0.state != .ok }.map(\.name) }

    /// The whole in one word: `ready`, `degraded`, `draining` or `unready`.
    package var word: String {
        if isDraining { return "draining" }
        if !isReady { return "unready" }
        return troubled.isEmpty ? "ready" : "degraded"
    }
}
