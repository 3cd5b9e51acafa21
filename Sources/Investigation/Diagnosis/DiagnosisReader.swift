/// Reads a file in any of the forms and looks for conflicts in it, piece by piece.
///
/// Logs and transcripts are forgotten line by line; a HAR is one JSON text and is kept until its end.
package struct DiagnosisReader: Sendable {
    /// The largest HAR, in bytes.
    package static let largestArchive = 256 << 20
    /// How much is looked at to tell the form.
    private static let sample = 65_536

    private var diagnosis = Diagnosis()
    private var form: DiagnosisForm?
    private var pending: [UInt8] = []
    private var lines = LineSplitter()
    private var transcript = CurlTranscript()
    private var isFull = false

    /// A reader of nothing so far.
    package init() {}

    /// Takes the next bytes of the file.
    package mutating func feed(_ bytes: [UInt8]) {
        guard form != nil else {
            pending += bytes
            if pending.count >= Self.sample { decide() }
            return
        }
        take(bytes)
    }

    /// Everything that was found.
    /// - Throws: ``InputFault``, with the place, if nothing in the file can be read.
    package mutating func finish() throws(InputFault) -> DiagnosisReport {
        if form == nil { decide() }
        let form = form ?? .combined
        guard !isFull else { throw InputFault("the HAR is larger than 256 MiB; save fewer requests in one") }
        if form == .har {
            try ArchiveReader.read(pending, into: &diagnosis)
        } else {
            for line in lines.finish() { take(line, as: form) }
            for exchange in transcript.finish() { diagnosis.add(exchange) }
        }
        let report = diagnosis.finished(form)
        // An archive without entries is one all the same.
        if report.exchanges == 0, form != .har || report.passedOver > 0 { throw fault(report) }
        return report
    }

    private func fault(_ report: DiagnosisReport) -> InputFault {
        let known = "a HAR, an access log in combined or JSON form, or a transcript of curl -v"
        if let remark = report.remarks.first {
            return InputFault("\(remark.place.words): \(remark.message); nothing in the file is \(known)")
        }
        return InputFault("line 1: there is no exchange in the file; it should be \(known)")
    }

    private mutating func decide() {
        form = DiagnosisForm.of(Array(pending.prefix(Self.sample)))
        let start = pending
        pending = []
        take(start)
    }

    private mutating func take(_ bytes: [UInt8]) {
        guard let form else { return }
        guard form != .har else {
            isFull = isFull || pending.count + bytes.count > Self.largestArchive
            if isFull { pending = [] } else { pending += bytes }
            return
        }
        for line in lines.feed(bytes) { take(line, as: form) }
    }

    private mutating func take(_ line: LineSplitter.Line, as form: DiagnosisForm) {
        let place = DiagnosisPlace.line(line.number)
        if form == .curl {
            for exchange in transcript.feed(line) { diagnosis.add(exchange) }
            return
        }
        guard line.bytes.contains(where: { $0 > 0x20 }) else { return }
        guard !line.isCut else { return diagnosis.passOver(place, "a line longer than 1 MiB") }
        let exchange: DiagnosedExchange?
        switch form {
        case .jsonLines: exchange = JSONLogLine.read(line.bytes, place)
        default: exchange = CombinedLogLine.read(line.bytes, place)
        }
        guard let exchange else { return diagnosis.passOver(place, "this is not a line of an \(form.words)") }
        diagnosis.add(exchange)
    }
}
