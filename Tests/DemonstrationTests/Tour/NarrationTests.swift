import Demonstration
import Synchronization
import Testing

struct NarrationTests {
    /// Keeps what was written.
    private final class Page: Sendable {
        private let written = Mutex("")
        var text: String { written.withLock { $0 } }
        func add(_ text: String) { written.withLock { $0 += text } }
    }

    private func told(isStyled: Bool, _ tell: (Narration) -> Void) -> String {
        let page = Page()
        tell(Narration(isStyled: isStyled) { page.add($0) })
        return page.text
    }

    @Test func `values stand under one another`() {
        let text = told(isStyled: false) {
            $0.fact("edits lost", 17)
            $0.fact("edits said to be saved", 20)
        }
        let columns = text.split(separator: "\n").map { line in
            line.lastIndex(of: " ").map { line.distance(from: line.startIndex, to: $0) }
        }
        #expect(columns.count == 2)
        #expect(columns.first == columns.last)
    }

    @Test func `there are no escapes unless somebody can see them`() {
        let tell: (Narration) -> Void = {
            $0.heading("1  One")
            $0.quote("{}")
            $0.verdict(Claim("it holds", holds: true, measured: 1))
        }
        #expect(!told(isStyled: false, tell).contains("\u{1B}"))
        #expect(told(isStyled: true, tell).contains("\u{1B}[32mPASS\u{1B}[0m"))
    }

    @Test func `commands are never styled, since they are copied`() {
        #expect(told(isStyled: true) { $0.command("curl -si http://127.0.0.1/") }.contains("\u{1B}") == false)
    }

    @Test func `a claim that does not hold says so and what was measured`() {
        let text = told(isStyled: false) { $0.verdict(Claim("nothing is lost", holds: false, measured: "3 lost")) }
        #expect(text == "   FAIL  nothing is lost: 3 lost\n")
    }
}
