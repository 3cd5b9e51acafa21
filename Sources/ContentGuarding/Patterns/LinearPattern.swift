/// A regular expression that is only asked whether it matches anywhere, in one pass over the text.
///
/// Unlike ``RegexFinder`` it knows no longest match, and the empty text is a match: `^a*$` matches an empty text and one
/// of a million letters. The syntax is that of ``RegexParser``; `^` and `$` are the start and the end of the text.
package struct LinearPattern: Sendable {
    private let automaton: RegexAutomaton

    /// Compiles `pattern`; the fault says what to change.
    package init(_ pattern: String) throws(RegexFault) {
        guard pattern.unicodeScalars.count <= RegexFinder.longestPattern else {
            throw RegexFault(.tooLarge, at: RegexFinder.longestPattern)
        }
        let program = try RegexProgram(try RegexParser.parse(pattern))
        let splitsWords = program.asks(for: .wordEdge) || program.asks(for: .noWordEdge)
        let alphabet = RegexAlphabet(program.sets, splitsWords: splitsWords)
        // Trying each start on its own would not be linear, so there is no way around this table.
        guard let automaton = RegexTableBuilder.automaton(of: program, alphabet: alphabet, searches: true) else {
            throw RegexFault(.tooLarge, at: 0)
        }
        self.automaton = automaton
    }

    /// Whether it matches anywhere in `text`.
    package func matches(in text: String) -> Bool {
        let bytes = text.utf8Span.span
        var row = automaton.startRow(at: 0, in: bytes, textStartsHere: true)
        var index = 0
        while index < bytes.count {
            let (value, width) = ScalarReading.scalar(at: index, in: bytes)
            let (next, matches) = automaton.step(from: row, value)
            if matches { return true }
            row = next
            index &+= width
        }
        return automaton.matchesAtEnd(in: row)
    }
}
