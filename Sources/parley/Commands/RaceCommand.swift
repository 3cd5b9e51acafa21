import ArgumentParser
import Glibc
import HTTPSemantics
import Investigation

/// `parley race`: finds out whether an HTTP API loses updates.
struct RaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "race",
        abstract: "Finds out whether an HTTP API loses updates, and proves it with the shortest history.",
        discussion: """
            Several writers read a JSON resource, change one field of what they read, and send it back at once, \
            again and again. Before anything is sent, the most that will be sent is said; it is never more. Ends with \
            0 if no update was lost, 1 if some were, and 3 if nothing can be told.

            EXAMPLE:
              parley race http://127.0.0.1:9001/items/42 --writers 4 --writes 5 --field /n
              parley race https://api.example.com/carts/7 --field /lines --header 'Authorization: Bearer …'
              parley race --create 'POST http://127.0.0.1:9001/items' --body '{"n": 0}'
            """
    )

    @Argument(help: "The resource. With --create it may hold {id}, or be left out.")
    var url: String?
    @Option(help: "How many write at once.")
    var writers = 4
    @Option(help: "How many writes each of them wants to get through.")
    var writes = 5
    @Option(help: "The field to change, as a JSON pointer.")
    var field = "/n"
    @Option(help: "The change: increment a whole number, append a mark to a text or list, or auto for what fits.")
    var value = RaceSettings.ChangeForm.automatic.rawValue
    @Option(help: "The method of writes: PUT, PATCH (a merge patch) or POST.")
    var method = "PUT"
    @Option(help: "A header field of every request, 'Name: value'; may be given again.")
    var header: [String] = []
    @Option(help: "Create the resource first: 'POST URL'. Its Location, or the name in the answer, is raced on.")
    var create: String?
    @Option(help: "The body for --create: JSON, or a file with it.")
    var body = "{\"n\": 0}"
    @Option(help: "Where the answer to --create holds the new resource's name, as a JSON pointer.")
    var id = "/id"
    @Flag(help: "Send no If-Match even where a read gave an ETag.")
    var noCondition = false
    @Option(help: "How long to wait for an answer.")
    var timeout = "10s"
    @Option(help: "The most requests to send in all.")
    var maxRequests: Int?
    @Flag(help: "Print the result as JSON.")
    var json = false
    @Flag(help: "Believe any TLS certificate.")
    var insecure = false
    @Option(help: "A PEM file with the authorities to believe.")
    var ca: String?
    @Option(help: "Chance for marks and for the order of the writers, to repeat a race.")
    var seed: UInt64 = UInt64.random(in: 1...999_999)

    func validate() throws {
        _ = try plan()
        guard try DurationOption.read(timeout, "--timeout") >= .milliseconds(1) else {
            throw ValidationError("--timeout takes a duration of at least 1ms, such as 10s")
        }
        if insecure, ca != nil { throw ValidationError("--insecure believes everybody; leave out --ca or --insecure") }
    }

    func run() async throws {
        let plan = try plan()
        if let ca, !FileProbe.exists(ca) { throw ValidationError("--ca: there is no file \(ca)") }
        for line in plan.announcement { CommandExit.say(line) }
        CommandExit.say("seed \(seed)")
        let connections = RaceConnections(
            writers: writers,
            patience: try DurationOption.read(timeout, "--timeout"),
            trust: insecure ? .anybody : ca.map { .file($0) } ?? .machine
        )
        let bar = ProgressBar()
        let result = await Race(plan, in: .real(connections, progress: { bar.show($0.line) })).run()
        bar.end()
        await connections.close()
        if json {
            print(String(decoding: JSONWriter.bytes(RaceReportJSON.value(result)), as: UTF8.self))
        } else {
            print(RaceReportText.render(result))
        }
        if result.verdict.exitCode != 0 { throw ExitCode(result.verdict.exitCode) }
    }

    private func plan() throws -> RacePlan {
        var settings = RaceSettings()
        (settings.writers, settings.writes, settings.field) = (writers, writes, field)
        (settings.method, settings.seed) = (method.uppercased(), seed)
        (settings.usesCondition, settings.maximumRequests) = (!noCondition, maxRequests)
        guard let form = RaceSettings.ChangeForm(rawValue: value) else {
            throw ValidationError("--value takes increment, append or auto, not «\(value)»")
        }
        settings.form = form
        settings.fields = try header.map { line in
            guard let field = RaceField(line: line) else {
                throw ValidationError("--header takes 'Name: value'; «\(line)» is not that")
            }
            return field
        }
        do throws(RaceFault) {
            return try RacePlan(settings, at: try place())
        } catch {
            throw ValidationError(error.message)
        }
    }

    private func place() throws(RaceFault) -> RacePlan.Place {
        guard let create else {
            guard let url else { throw .usage("name the URL of a resource, or create one with --create 'POST URL'") }
            return .existing(try RaceAddress(url))
        }
        let words = create.split(separator: " ").map { String($0) }
        guard words.count == 2 else { throw .usage("--create takes 'POST URL', not «\(create)»") }
        guard let identifier = JSONPointer(id) else { throw .usage("--id takes a JSON pointer such as /id") }
        if let url, !url.contains("{id}") { throw .usage("with --create the URL has to hold {id}, or to be left out") }
        return .created(
            RacePlan.Creation(
                method: words[0].uppercased(),
                address: try RaceAddress(words[1]),
                body: try contents(),
                identifier: identifier,
                template: url
            )
        )
    }

    private func contents() throws(RaceFault) -> [UInt8] {
        let isText = body.utf8.first.map { UInt8(ascii: "{") == $0 || UInt8(ascii: "[") == $0 } ?? false
        if isText { return Array(body.utf8) }
        do throws(InputFault) {
            return try InputFile.wholeFile(body, limit: 16 << 20)
        } catch {
            throw .usage("--body takes JSON or a file: \(error.message)")
        }
    }
}
