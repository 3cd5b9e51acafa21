import Catalog
import ConfigurationReading
import Foundation
import Testing

/// The cases in `Fixtures`, one folder each.
///
/// A folder holds `in.yaml`, what must be said of it in `out.txt`, and, where the case needs them, environment
/// variables in `env.txt`. A case is added by adding files; with `PARLEY_RECORD=1` the tests write `out.txt` anew, to
/// be read before it is committed.
@Suite struct GoldenTests {
    static let cases = Fixture.all

    @Test(arguments: cases)
    func `findings are as recorded`(fixture: Fixture) throws {
        let said = fixture.said
        if ProcessInfo.processInfo.environment["PARLEY_RECORD"] != nil { try fixture.record(said) }
        #expect(said == fixture.expected)
    }

    @Test func `there are enough cases to trust`() {
        #expect(Self.cases.filter { $0.expected.hasSuffix("refused\n") }.count >= 40)
        #expect(Self.cases.filter { $0.expected.contains("accepted\n") }.count >= 10)
        #expect(Self.cases.allSatisfy { $0.isGood == !$0.expected.hasSuffix("refused\n") })
    }
}
