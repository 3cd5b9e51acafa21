/// Writes metrics in Prometheus' text format, version 0.0.4.
enum PrometheusText {
    /// The format's media type.
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// All metrics of `exposition`; one without any value is left out.
    static func text(of exposition: Exposition) -> String {
        var text = ""
        for metric in Metric.allCases {
            let samples = metric.samples(in: exposition)
            guard !samples.isEmpty else { continue }
            text += "# HELP \(metric.rawValue) \(escaped(metric.help, quotes: false))\n"
            text += "# TYPE \(metric.rawValue) \(metric.form.rawValue)\n"
            for sample in samples {
                text += metric.rawValue + sample.suffix + labels(of: sample) + " " + sample.value + "\n"
            }
        }
        return text
    }

    private static func labels(of sample: MetricSample) -> String {
        guard !sample.labels.isEmpty else { return "" }
        return "{" + sample.labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
            + "}"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
