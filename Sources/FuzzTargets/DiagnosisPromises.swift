import HTTPSemantics
import Investigation

/// What holds for recorded traffic.
enum DiagnosisPromises {
    /// Diagnoses `input` whole and in pieces, which has to come to the same.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let whole = summary(of: [input])
        // What the form is taken for depends on the first 64 KiB, which is what a fuzz program sends at most.
        let half = input.count / 2
        let halves = summary(of: [Array(input[..<half]), Array(input[half...])])
        try Disagreement.unless(whole == halves, "a file is read differently in pieces")
    }

    private static func summary(of pieces: [[UInt8]]) -> String {
        var reader = DiagnosisReader()
        for piece in pieces { reader.feed(piece) }
        do throws(InputFault) {
            let report = try reader.finish()
            // Rendered in both ways, so that words about strange values are tried too.
            let text = DiagnosisText.render(report, file: "input")
            let json = JSONWriter.bytes(DiagnosisJSON.value(report, file: "input"))
            guard (try? JSONParser.parse(json)) != nil else { return "broken JSON" }
            return text
        } catch {
            return error.message
        }
    }
}
