import Catalog
import ConfigurationReading
import DataPlane
import LLMGateway

/// The answer of `parley explain`: what a request would meet under a configuration.
package struct ExplainedRoute: Sendable {
    /// The explanation, for people.
    package let text: String
    /// Whether the request would be refused.
    package let isRefused: Bool

    /// Explains `method` of `url`, with header fields written as `Name: value`, as if sent by `consumer`.
    /// - Throws: ``StartFault``: exit code 1 for a configuration with errors, 2 for wrong usage.
    package init(
        _ method: String,
        _ url: String,
        fields: [String],
        as consumer: String?,
        under source: ConfigurationSource
    ) throws(StartFault) {
        let request = try Self.request(method, url, fields, consumer)
        let configuration = try Self.configuration(from: source)
        if let consumer, !configuration.consumers.contains(where: { $0.name.text == consumer }) {
            let names = configuration.consumers.map(\.name.text).sorted().joined(separator: ", ")
            throw StartFault(
                "There is no consumer «\(consumer)»; \(names.isEmpty ? "the configuration has none" : "these are: \(names)").",
                exitCode: 2
            )
        }
        let explanation = try Self.snapshot(of: configuration).explain(request)
        isRefused = explanation.isRefused
        text = Self.render(explanation, "\(method) \(url)")
    }

    private static func request(
        _ method: String,
        _ url: String,
        _ fields: [String],
        _ consumer: String?
    ) throws(StartFault) -> ExplainedRequest {
        var pairs: [(name: String, value: String)] = []
        for field in fields {
            guard let colon = field.firstIndex(of: ":"), colon != field.startIndex else {
                throw StartFault("--header takes 'Name: value'; «\(field)» is not that.", exitCode: 2)
            }
            let value = field[field.index(after: colon)...].drop { $0 == " " }
            pairs.append((String(field[..<colon]), String(value)))
        }
        guard let request = ExplainedRequest(method, url, fields: pairs, as: consumer) else {
            throw StartFault(
                "«\(url)» is no URL to explain; write http://HOST:PORT/PATH, or only /PATH, without line breaks.",
                exitCode: 2
            )
        }
        return request
    }

    private static func configuration(from source: ConfigurationSource) throws(StartFault) -> Configuration {
        guard source.exists else {
            throw StartFault("There is no configuration \(source.path). Name one with --config FILE.", exitCode: 2)
        }
        let reading = try source.read()
        guard let configuration = reading.configuration else {
            for finding in reading.findings { OperatorLog.text(Array((finding.rendered + "\n").utf8)) }
            throw StartFault("The configuration \(source.path) has errors; mend them first.", exitCode: 1)
        }
        return configuration
    }

    private static func snapshot(of configuration: Configuration) throws(StartFault) -> Snapshot {
        let shared = SharedState(
            journal: DiscardedConflicts(),
            accessLog: AccessLog(),
            conflictMemory: 0,
            mounting: ModelMounting(ModelShared(quotas: QuotaTable([]) { _ in }) { _ in }),
            log: { _ in }
        )
        do throws(CompileFault) {
            return try Snapshot(configuration, shared: shared)
        } catch {
            throw StartFault(error.reason, exitCode: 1)
        }
    }

    private static func render(_ explanation: RequestExplanation, _ request: String) -> String {
        let width = explanation.facts.map(\.name.count).max() ?? 0
        let lines = explanation.facts.map { fact in
            "  " + fact.name + String(repeating: " ", count: width - fact.name.count + 2) + fact.text
        }
        return ([request, "  " + verdict(explanation)] + (lines.isEmpty ? [] : [""]) + lines).joined(separator: "\n")
    }

    /// Targets in one line: of many, the first ones.
    private static func places(_ targets: [String]) -> String {
        let shown = 4
        let rest = targets.count > shown ? ["\(targets.count - shown) others"] : []
        return (targets.prefix(shown) + rest).joined(separator: " or ")
    }

    private static func verdict(_ explanation: RequestExplanation) -> String {
        switch explanation.outcome {
        case .forwarded: "would be forwarded to \(places(explanation["target"]))"
        case .answered(let status, let what): "would be answered by the gateway with \(status): \(what)"
        case .redirected(let status, let location): "would be redirected with \(status) to \(location)"
        case .refused(let status, let kind, let detail): "would be refused with \(status) \(kind): \(detail)"
        }
    }
}
