import ConflictEngine
import Testing

struct RecordedAnswersTests {
    @Test(arguments: RecordedAnswer.all)
    func `every recorded answer gets its kind`(_ recorded: RecordedAnswer) {
        let finding = ConflictClassifier().classify(recorded.answer)
        let dialect = finding?.dialect ?? "none"
        #expect((finding?.kind.rawValue ?? "none") == recorded.kind, "\(recorded.name), dialect \(dialect)")
    }

    @Test func `there are enough recorded answers, and every one can be read`() {
        let conflicts = RecordedAnswer.all.filter { $0.kind != "none" }
        #expect(conflicts.count >= 900)
        #expect(RecordedAnswer.all.count - conflicts.count >= 300)
        #expect(RecordedAnswer.all.allSatisfy { $0.kind == "none" || ConflictKind(rawValue: $0.kind) != nil })
    }

    @Test(arguments: RecordedAnswer.all)
    func `a body that is cut anywhere never traps and never makes a conflict of an ordinary error`(
        _ recorded: RecordedAnswer
    ) {
        let classifier = ConflictClassifier()
        for count in stride(from: 0, to: recorded.answer.body.count, by: 7) {
            var cut = recorded.answer
            cut.body = Array(cut.body.prefix(count))
            cut.bodyIsComplete = false
            let finding = classifier.classify(cut)
            let isAlways = ConflictClassifier.alwaysConflict.contains(cut.status)
            #expect(!isAlways || finding != nil)
            if recorded.kind == "none" { #expect(finding == nil, "\(recorded.name) cut at \(count)") }
        }
    }
}
