import ConflictEngine
import Crypto
import Foundation
import Testing

struct ProblemPageTests {
    private static let names = ConflictKind.allCases.map(\.rawValue) + GatewayProblemKind.allCases.map(\.rawValue)

    @Test(arguments: names)
    func `every kind has a page of its own`(name: String) throws {
        let page = try #require(ProblemPage.html(named: name))
        let entry = try #require(ProblemEntry.named(name))
        #expect(page.hasPrefix("<!doctype html>"))
        #expect(page.contains("<code>\(name)</code>"))
        #expect(page.contains("<h2>What to do</h2>"))
        #expect(!entry.steps.isEmpty && !entry.cause.isEmpty && !entry.example.isEmpty)
        #expect(page.contains("403, 409, 412, 423 or 428?") == entry.isConflict)
    }

    @Test(arguments: names)
    func `no page runs or loads anything`(name: String) throws {
        let page = try #require(ProblemPage.html(named: name))
        for forbidden in ["<script", "http://", "https://", " style=", " onclick", "src="] {
            #expect(!page.contains(forbidden))
        }
    }

    @Test func `elements are closed and text is escaped`() throws {
        let page = try #require(ProblemPage.html(named: "suspected-block"))
        #expect(page.contains("&lt;title&gt;Just a moment"))
        for name in ["html", "body", "main", "ol", "li", "table", "pre", "dl"] {
            let opened =
                page.components(separatedBy: "<\(name)>").count + page.components(separatedBy: "<\(name) ").count
            #expect(opened - 1 == page.components(separatedBy: "</\(name)>").count)
        }
    }

    @Test func `the security policy names the style sheet of the page`() throws {
        let page = try #require(ProblemPage.html(named: "locked"))
        let start = try #require(page.range(of: "<style>"))
        let end = try #require(page.range(of: "</style>"))
        let sheet = page[start.upperBound..<end.lowerBound]
        let digest = Data(SHA256.hash(data: Data(sheet.utf8))).base64EncodedString()
        #expect(ProblemPage.contentSecurityPolicy.contains("style-src 'sha256-\(digest)'"))
        #expect(ProblemPage.contentSecurityPolicy.hasPrefix("default-src 'none'"))
    }

    @Test func `the index leads to every page`() {
        let index = ProblemPage.index()
        for name in Self.names { #expect(index.contains("href=\"/.well-known/parley/problems/\(name)\"")) }
    }

    @Test func `an unknown kind has no page`() {
        #expect(ProblemPage.html(named: "nonsense") == nil)
        #expect(ProblemPage.html(named: "../../etc") == nil)
    }

    @Test func `the reference tells the same`() {
        let text = ProblemReference.markdown()
        for entry in ProblemEntry.all {
            #expect(text.contains("### `\(entry.name)`"))
            #expect(text.contains(entry.cause))
        }
        #expect(text.hasSuffix("```\n"))
    }
}
