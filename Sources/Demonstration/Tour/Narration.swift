import Glibc

/// Writes what the tour says: plain lines, aligned, with a little colour where a person is looking.
package struct Narration: Sendable {
    private static let indent = "   "
    private static let labelWidth = 30
    private let isStyled: Bool
    private let write: @Sendable (String) -> Void

    /// A narration into anything that takes text.
    package init(isStyled: Bool, write: @escaping @Sendable (String) -> Void) {
        self.isStyled = isStyled
        self.write = write
    }

    /// Standard output; styled on a terminal, unless `NO_COLOR` asks for none.
    package static var standardOutput: Narration {
        let asksForNone = unsafe getenv("NO_COLOR").map { unsafe $0.pointee != 0 } ?? false
        return Narration(isStyled: isatty(1) == 1 && !asksForNone) { put($0) }
    }

    /// The beginning of a part.
    package func heading(_ text: String) { line("\n" + styled(text, "1")) }

    /// A sentence.
    package func say(_ text: String) { line(Self.indent + text) }

    /// An empty line.
    package func pause() { line("") }

    /// Something measured or found, with its name.
    package func fact(_ name: String, _ value: some CustomStringConvertible) {
        let gap = String(repeating: " ", count: max(2, Self.labelWidth - name.count))
        line(Self.indent + name + gap + value.description)
    }

    /// Something quoted as it is: an answer, or a command.
    package func quote(_ text: String) {
        for piece in text.split(separator: "\n", omittingEmptySubsequences: false) {
            line(Self.indent + "  " + styled(String(piece), "2"))
        }
    }

    /// A command to copy: never styled, so that nothing of it is lost.
    package func command(_ text: String) { line(Self.indent + "  " + text) }

    /// Whether a claim holds, and what was measured.
    package func verdict(_ claim: Claim) {
        let word = claim.holds ? styled("PASS", "32") : styled("FAIL", "31")
        line("\(Self.indent)\(word)  \(claim.text): \(claim.measured)")
    }

    private func line(_ text: String) { write(text + "\n") }

    private func styled(_ text: String, _ code: String) -> String {
        isStyled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private static func put(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(1, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }  // nobody reads any more
            rest = rest.dropFirst(count)
        }
    }
}
