import ArgumentParser
import HTTPSemantics
import Investigation

/// `parley diagnose FILE`: explains every conflict in recorded traffic.
struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "Explains every conflict in a HAR, an access log or a curl transcript.",
        discussion: """
            The form is told by the content. Ends with 0 if there is no conflict, 1 if there are some, and 3 if \
            nothing in the file can be read. The file is never changed.

            EXAMPLE:
              parley diagnose recording.har
              parley diagnose /var/log/nginx/access.log --json
              curl -v https://api.example.com/items/42 2>&1 | parley diagnose -
            """
    )

    @Argument(help: "The file: a HAR, an access log in combined or JSON form, or a transcript of curl -v; - for stdin.")
    var file: String
    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() throws {
        let name = file == "-" ? "stdin" : file
        let report: DiagnosisReport
        do throws(InputFault) {
            report = try read()
        } catch {
            CommandExit.say("parley: \(name): \(error.message)")
            throw ExitCode(3)
        }
        for remark in report.remarks { CommandExit.say("\(name): \(remark.place.words): warning: \(remark.message)") }
        if report.passedOver > report.remarks.count {
            CommandExit.say("\(name): warning: \(report.passedOver) places could not be read in all")
        }
        if json {
            print(String(decoding: JSONWriter.bytes(DiagnosisJSON.value(report, file: name)), as: UTF8.self))
        } else {
            print(DiagnosisText.render(report, file: name))
        }
        if report.conflicts > 0 { throw ExitCode(1) }
    }

    private func read() throws(InputFault) -> DiagnosisReport {
        var input = try InputFile(file)
        var reader = DiagnosisReader()
        let bar = ProgressBar()
        var count = 0
        while true {
            let piece = try input.next()
            if piece.isEmpty { break }
            reader.feed(piece)
            let before = count >> 23
            count += piece.count
            if count >> 23 != before { bar.show("\(count >> 20) MiB read") }
        }
        bar.end()
        return try reader.finish()
    }
}
