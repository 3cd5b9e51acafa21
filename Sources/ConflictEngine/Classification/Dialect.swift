/// One vendor's way of reporting errors.
struct Dialect: Sendable {
    /// Name for the journal, such as `kubernetes`.
    let name: String
    /// Judges an answer; `nil` if it is not of this dialect or the dialect has no opinion.
    let judge: @Sendable (AnswerReading) -> Judgement?

    /// A dialect that is recognised by exact codes alone.
    init(name: String, codes: CodeTable) {
        self.init(name: name) { reading in codes.judge(reading) }
    }

    /// A dialect that is recognised by phrases alone.
    init(name: String, phrases: [PhraseRule]) {
        self.init(name: name) { reading in
            phrases.first { $0.matches(reading.words) }.map { .conflict($0.kind) }
        }
    }

    /// A dialect with a judgement of its own.
    init(name: String, judge: @escaping @Sendable (AnswerReading) -> Judgement?) {
        self.name = name
        self.judge = judge
    }
}
