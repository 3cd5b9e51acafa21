import ArgumentParser
import ConfigurationReading
import ConflictEngine
import ConsoleAPI

/// Prints the reference pages that are generated from the code they describe.
struct ReferenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "internal-reference",
        abstract: "Prints a generated reference page.",
        discussion: "EXAMPLE:\n  parley internal-reference configuration",
        shouldDisplay: false
    )

    @Argument(help: "configuration, problems or metrics.")
    var page: String

    func run() throws {
        switch page {
        case "configuration": print(ConfigurationReference.markdown(), terminator: "")
        case "problems": print(ProblemReference.markdown(), terminator: "")
        case "metrics": print(MetricsReference.markdown(), terminator: "")
        default: throw ValidationError("there is no page «\(page)»; these are: configuration, problems, metrics")
        }
    }
}
