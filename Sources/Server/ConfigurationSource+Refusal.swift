import ConfigurationReading

extension ConfigurationSource.Reading {
    /// Why the file is refused: its first error, and how many more there are.
    var refusal: String {
        let errors = findings.filter { $0.severity == .error }
        guard let first = errors.first else { return "the file has errors" }
        switch errors.count - 1 {
        case 0: return first.rendered
        case 1: return first.rendered + " (and 1 more error)"
        case let more: return first.rendered + " (and \(more) more errors)"
        }
    }
}
