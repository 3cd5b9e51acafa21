/// Where in a file something stands.
package enum DiagnosisPlace: Sendable, Equatable {
    /// A line, from 1.
    case line(Int)
    /// An entry of a HAR, from 1.
    case entry(Int)

    /// The place in words.
    package var words: String {
        switch self {
        case .line(let number): "line \(number)"
        case .entry(let number): "entry \(number)"
        }
    }

    /// The number alone.
    package var number: Int {
        switch self {
        case .line(let number), .entry(let number): number
        }
    }
}
