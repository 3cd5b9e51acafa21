import Catalog
import ConsoleBasics
import StoragePorts

extension Metric {
    /// The lines of this metric for one language model; none if it is not about models.
    func modelSamples(of model: ModelMetrics) -> [MetricSample] {
        let labels = Self.labels(of: model)
        switch self {
        case .tokenUsage:
            return Self.lines(of: model.inputTokens, labels + [("gen_ai_token_type", "input")])
                + Self.lines(of: model.outputTokens, labels + [("gen_ai_token_type", "output")])
        case .operationDuration:
            return model.durations.flatMap { durations in
                // Prometheus takes a label without a value as none, and so does this page.
                let error = durations.errorType.map { [(name: "error_type", value: $0)] } ?? []
                return Self.lines(of: durations.histogram, labels + error)
            }
        case .timeToFirstToken: return Self.lines(of: model.timeToFirstToken, labels)
        case .modelCost:
            return model.costs.map { cost in
                let amount = MoneyText.text(cost.picounits)
                return MetricSample(labels + [("currency", cost.currency)], text: amount)
            }
        case .modelAttempts: return [MetricSample(labels, model.attempts)]
        default: return []
        }
    }

    private static func labels(of model: ModelMetrics) -> [(name: String, value: String)] {
        zip(modelLabels, [model.operation, model.provider, model.model]).map { (name: $0, value: $1) }
    }
}
