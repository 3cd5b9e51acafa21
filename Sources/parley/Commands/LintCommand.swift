import ArgumentParser
import HTTPSemantics
import Investigation

/// `parley lint OPENAPI`: names operations that can lose updates or have double effects.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Names operations of an OpenAPI description that can lose updates or have double effects.",
        discussion: """
            Reads OpenAPI 3.0 and 3.1 in YAML or JSON. Ends with 0 if nothing is found, 1 if something is, and 3 if \
            the file cannot be read.

            EXAMPLE:
              parley lint openapi.yaml
              parley lint openapi.json --json
            """
    )

    @Argument(help: "The description: a file, or - for stdin.")
    var file: String
    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() throws {
        let name = file == "-" ? "stdin" : file
        let bytes: [UInt8]
        do throws(InputFault) {
            bytes = try InputFile.wholeFile(file, limit: APILint.largest)
        } catch {
            CommandExit.say("parley: \(error.message)")
            throw ExitCode(3)
        }
        let report = APILint.check(bytes)
        if json {
            print(String(decoding: JSONWriter.bytes(report.json(name)), as: UTF8.self))
        } else {
            for finding in report.findings { print(finding.rendered(name)) }
            print(report.summary(name))
        }
        if !report.findings.isEmpty { throw ExitCode(1) }
    }
}
