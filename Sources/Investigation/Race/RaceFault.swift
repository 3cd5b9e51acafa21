/// Why a race says nothing about lost updates.
package enum RaceFault: Error, Sendable, Equatable {
    /// It was asked for in a wrong way.
    case usage(String)
    /// It could not be carried out, with what to do about it.
    case cannotTell(String, remedy: String)

    /// A created resource is at another origin.
    static func elsewhere(_ location: String) -> Self {
        .cannotTell(
            "the created resource is at another origin: \(PlainText.line(location))",
            remedy: "race that URL itself, with the header fields that belong there"
        )
    }

    /// What is wrong, in one sentence.
    package var message: String {
        switch self {
        case .usage(let message): message
        case .cannotTell(let reason, let remedy): "cannot tell: \(reason); \(remedy)"
        }
    }
}
