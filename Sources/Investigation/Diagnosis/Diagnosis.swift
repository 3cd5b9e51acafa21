import ConflictEngine

/// Looks for conflicts in exchanges, one after another in the order of the file; its memory does not grow with it.
package struct Diagnosis: Sendable {
    /// The same request of the same client.
    private struct RequestKey: Hashable, Sendable {
        let client: String?
        let method: String
        let target: String
        let bodyHash: Int?
    }

    /// Findings that are kept in full; more are counted.
    package static let mostFindings = 1_000
    private static let mostResources = 20_000

    private let classifier = ConflictClassifier()
    private var trails = GenerationMap<String, ResourceTrail>(capacity: mostResources)
    private var repeats = GenerationMap<RequestKey, RepeatTrail>(capacity: mostResources)
    /// Where a storm's finding is among the findings, to count its later requests.
    private var storms = GenerationMap<RequestKey, Int>(capacity: 1_000)
    private var report = DiagnosisReport()

    /// A diagnosis of nothing so far.
    package init() {}

    /// Looks at the next exchange.
    package mutating func add(_ exchange: DiagnosedExchange) {
        let exchange = exchange.shortened
        report.exchanges += 1
        if let observed = exchange.observed, let finding = classifier.classify(observed) {
            note(story(of: finding, exchange))
        }
        checkLostUpdate(exchange)
        checkRepetition(exchange)
        follow(exchange)
    }

    /// Notes something in the file that cannot be read.
    package mutating func passOver(_ place: DiagnosisPlace, _ message: String) { report.passOver(place, message) }

    /// What was found, in the order of the file, which was of a form.
    package func finished(_ form: DiagnosisForm) -> DiagnosisReport {
        var finished = report
        finished.form = form
        return finished
    }

    private mutating func note(_ finding: DiagnosisFinding) {
        report.counts[finding.name, default: 0] += 1
        if report.findings.count < Self.mostFindings {
            var kept = finding
            kept.exchange = finding.exchange.reduced
            report.findings.append(kept)
        } else {
            report.unlisted += 1
        }
    }

    private func story(of finding: ConflictFinding, _ exchange: DiagnosedExchange) -> DiagnosisFinding {
        var result = DiagnosisFinding(subject: .conflict(finding), exchange: exchange)
        let isStale = finding.kind == .staleVersion || finding.kind == .staleVersionImplicit
        guard isStale, let write = trails[exchange.resource]?.lastWrite else { return result }
        let tag = exchange.requestField("if-match")
        // A writer's own last write can make its tag stale too, where it did not take over the new one.
        let who = write.client == exchange.client ? "the same client" : "another client"
        result.related = [write.place]
        var sentence = "\(write.place.words): \(write.method) by \(who) had changed the resource"
        if let left = write.tag { sentence += " to \(PlainText.line(left, limit: 60))" }
        if let tag { sentence += ", while this request named \(PlainText.line(tag, limit: 60))" }
        result.story = [sentence + "."]
        return result
    }

    /// A write that the server took although its writer had not seen the last one.
    private mutating func checkLostUpdate(_ exchange: DiagnosedExchange) {
        guard exchange.isDone, ["PUT", "PATCH", "DELETE"].contains(exchange.method),
            exchange.requestFields == nil || exchange.isKnownUnconditional,
            let write = trails[exchange.resource]?.unseenWrite(
                by: exchange.client,
                countingBlind: exchange.isKnownUnconditional && exchange.method == "PUT"
            ),
            write.method != "POST" || exchange.method != "DELETE"
        else { return }
        var finding = DiagnosisFinding(subject: .pattern(.possibleLostUpdate), exchange: exchange)
        finding.related = [write.place]
        let condition =
            exchange.requestFields == nil
            ? "The file does not show conditions, but the server took the write, so it compared no version."
            : "It named no version, so the server could not notice."
        finding.story = [
            "\(write.place.words): \(write.method) by another client changed the resource, unread by this one.",
            condition,
        ]
        note(finding)
    }

    private mutating func checkRepetition(_ exchange: DiagnosedExchange) {
        let key = RequestKey(
            client: exchange.client,
            method: exchange.method,
            target: exchange.target,
            bodyHash: exchange.bodyHash
        )
        var trail = repeats[key] ?? RepeatTrail()
        if exchange.isDone {
            let earlier = trail.noteSuccess(exchange)
            if let earlier, exchange.method == "POST", exchange.bodyHash != nil, exchange.key == nil {
                noteDuplicate(exchange, after: earlier)
            }
            repeats[key] = exchange.method == "POST" || exchange.isWrite ? trail : nil
            return
        }
        guard exchange.status.map({ $0 >= 400 }) ?? true else { return }
        let isStorm = trail.noteFailure(exchange)
        repeats[key] = trail
        if isStorm {
            if report.findings.count < Self.mostFindings { storms[key] = report.findings.count }
            noteStorm(exchange, trail)
        } else if trail.count > RepeatTrail.storm {
            lengthen(key, trail, exchange)
        }
    }

    private mutating func noteDuplicate(_ exchange: DiagnosedExchange, after earlier: DiagnosisPlace) {
        var finding = DiagnosisFinding(subject: .pattern(.duplicatePost), exchange: exchange)
        finding.related = [earlier]
        finding.story = [
            "\(earlier.words): the same body was sent to the same place and accepted, both without Idempotency-Key."
        ]
        note(finding)
    }

    private mutating func noteStorm(_ exchange: DiagnosedExchange, _ trail: RepeatTrail) {
        var finding = DiagnosisFinding(subject: .pattern(.retryStorm), exchange: exchange)
        finding.related = Array(trail.failures.dropLast())
        finding.story = [Self.stormSentence(trail.count, exchange)]
        note(finding)
    }

    /// Counts one more request of a storm that is listed already.
    private mutating func lengthen(_ key: RequestKey, _ trail: RepeatTrail, _ exchange: DiagnosedExchange) {
        guard let index = storms[key], report.findings.indices.contains(index),
            report.findings[index].name == DiagnosisPattern.retryStorm.rawValue
        else { return }
        report.findings[index].story = [Self.stormSentence(trail.count, exchange)]
    }

    private static func stormSentence(_ count: Int, _ exchange: DiagnosedExchange) -> String {
        let end = exchange.status.map { "the last answer was \($0)" } ?? "the last one got no answer"
        return "Sent \(count) times, each within 10 s of the one before, and never accepted; \(end)."
    }

    private mutating func follow(_ exchange: DiagnosedExchange) {
        guard exchange.isDone || exchange.status == 304 else { return }
        var trail = trails[exchange.resource] ?? ResourceTrail()
        if exchange.method == "GET" {
            trail.noteRead(by: exchange.client)
        } else if exchange.isWrite {
            trail.note(
                ResourceTrail.Write(
                    place: exchange.place,
                    client: exchange.client,
                    method: exchange.method,
                    tag: exchange.answerField("etag")
                )
            )
        } else {
            return
        }
        trails[exchange.resource] = trail
    }
}
