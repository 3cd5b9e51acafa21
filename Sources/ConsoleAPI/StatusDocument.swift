import ConsoleBasics
import HTTPSemantics

/// What runs, as JSON.
struct StatusDocument {
    private let status: GatewayStatus

    /// The document of `status`.
    init(_ status: GatewayStatus) {
        self.status = status
    }

    /// Version, uptime, configuration and upstreams.
    var json: JSONValue {
        let configuration = status.configuration
        return [
            "version": .string(status.version),
            "uptime_s": .integer(Int64(min(max(status.uptimeSeconds, 0), 1e15))),
            "configuration": [
                "source": .string(configuration.source),
                "digest": .string(configuration.digest),
                "loaded_at": .time(configuration.loadedAt),
                "last_error": .text(configuration.lastError),
            ],
            "upstreams": .array(status.upstreams.map(Self.json)),
        ]
    }

    private static func json(_ upstream: UpstreamStatus) -> JSONValue {
        ["name": .string(upstream.name), "targets": .array(upstream.targets.map(json))]
    }

    private static func json(_ target: TargetStatus) -> JSONValue {
        [
            "url": .string(target.url),
            "weight": .integer(target.weight),
            "healthy": .bool(target.healthy),
            "state": .string(target.state),
            "active_requests": .integer(target.activeRequests),
            "requests": .integer(target.requests),
            "failures": .integer(target.failures),
            "last_error": .text(target.lastError),
        ]
    }
}
