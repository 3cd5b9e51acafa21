import HTTPSemantics
import Testing

/// The rows of the project's case table that evaluation alone decides: current tag `"A"`, date D.
struct PreconditionsTests {
    private static let date: Int64 = 784_111_777
    private static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    private static let same = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let after = "Sun, 06 Nov 1994 08:49:38 GMT"
    private static let present = Preconditions.Selected.present(tag: EntityTag(strong: bytes("A")), lastModified: date)

    /// One row of the table.
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let method: String
        let fields: [String: [String]]
        let current: Preconditions.Selected
        let verdict: Preconditions.Verdict

        init(
            _ name: String,
            _ method: String,
            _ fields: [String: [String]],
            _ verdict: Preconditions.Verdict,
            current: Preconditions.Selected = PreconditionsTests.present,
        ) {
            self.name = name
            self.method = method
            self.fields = fields
            self.current = current
            self.verdict = verdict
        }

        var testDescription: String { "\(name): \(method) \(fields)" }
        var isSafe: Bool { method == "GET" || method == "HEAD" }
    }

    static let rows: [Row] = [
        Row("1", "PUT", ["If-Match": [#""A""#]], .perform),
        Row("2", "PUT", ["If-Match": [#""B""#]], .failed(.ifMatch)),
        Row("3", "PUT", ["If-Match": [#"W/"A""#]], .failed(.ifMatch)),
        Row("4", "PUT", ["If-Match": [#""B", "x,y" ,, "A""#]], .perform),
        Row("4 in lines", "PUT", ["If-Match": [#""B", "x,y""#, #""A""#]], .perform),
        Row("5", "PUT", ["If-Match": ["*"]], .perform),
        Row("5 missing", "PUT", ["If-Match": ["*"]], .failed(.ifMatch), current: .missing),
        Row("5 tag missing", "PUT", ["If-Match": [#""A""#]], .failed(.ifMatch), current: .missing),
        Row("6", "PUT", ["If-Match": [#""*""#]], .failed(.ifMatch)),
        Row("9", "PUT", ["If-None-Match": ["*"]], .failed(.ifNoneMatch)),
        Row("9 missing", "PUT", ["If-None-Match": ["*"]], .perform, current: .missing),
        Row("10", "GET", ["If-None-Match": [#""A""#]], .notModified),
        Row("10 weak", "GET", ["If-None-Match": [#"W/"A""#]], .notModified),
        Row("10 star", "GET", ["If-None-Match": ["*"]], .notModified),
        Row("10 HEAD", "HEAD", ["If-None-Match": [#""A""#]], .notModified),
        Row("10 other", "GET", ["If-None-Match": [#""B""#]], .perform),
        Row("11", "DELETE", ["If-None-Match": [#""A""#]], .failed(.ifNoneMatch)),
        Row("12", "GET", ["If-None-Match": [#""B""#], "If-Modified-Since": [after]], .perform),
        Row("13", "PUT", ["If-Match": [#""A""#], "If-Unmodified-Since": [before]], .perform),
        Row("14", "PUT", ["If-Unmodified-Since": [before]], .failed(.ifUnmodifiedSince)),
        Row("14 same", "PUT", ["If-Unmodified-Since": [same]], .perform),
        Row("14 invalid", "PUT", ["If-Unmodified-Since": ["yesterday"]], .perform),
        Row("14 twice", "PUT", ["If-Unmodified-Since": [before, before]], .perform),
        Row("14 GET", "GET", ["If-Unmodified-Since": [before]], .failed(.ifUnmodifiedSince)),
        Row("15", "PUT", ["If-Modified-Since": [after]], .perform),
        Row("16", "PUT", ["If-Match": [#""A""#], "If-None-Match": [#""A""#]], .failed(.ifNoneMatch)),
        Row("16 reversed", "PUT", ["If-Match": [#""B""#], "If-None-Match": [#""A""#]], .failed(.ifMatch)),
        Row("17", "GET", ["If-Match": [#""B""#]], .failed(.ifMatch)),
        Row("since", "GET", ["If-Modified-Since": [same]], .notModified),
        Row("since later", "GET", ["If-Modified-Since": [after]], .notModified),
        Row("since earlier", "GET", ["If-Modified-Since": [before]], .perform),
        Row("since twice", "GET", ["If-Modified-Since": [after, after]], .perform),
        Row("malformed read", "GET", ["If-None-Match": ["A"], "If-Modified-Since": [after]], .perform),
        Row("read passes both", "GET", ["If-Match": [#""A""#], "If-None-Match": [#""A""#]], .notModified),
        Row("none", "PUT", [:], .perform),
        Row(
            "no date",
            "PUT",
            ["If-Unmodified-Since": [before]],
            .perform,
            current: .present(tag: EntityTag(strong: bytes("A")), lastModified: nil)
        ),
        Row(
            "no tag",
            "PUT",
            ["If-Match": [#""A""#]],
            .failed(.ifMatch),
            current: .present(tag: nil, lastModified: date)
        ),
        Row("no tag, star", "PUT", ["If-Match": ["*"]], .perform, current: .present(tag: nil, lastModified: nil)),
        Row(
            "no tag, none",
            "GET",
            ["If-None-Match": [#""A""#]],
            .perform,
            current: .present(tag: nil, lastModified: nil)
        ),
        Row(
            "weak current",
            "PUT",
            ["If-Match": [#"W/"A""#]],
            .failed(.ifMatch),
            current: .present(tag: EntityTag(field: bytes(#"W/"A""#)), lastModified: nil)
        ),
        Row("date missing", "PUT", ["If-Unmodified-Since": [before]], .perform, current: .missing),
    ]

    private static func read(_ fields: [String: [String]], isSafe: Bool) throws -> Preconditions {
        try Preconditions(reading: { name in fields[name, default: []].map(bytes) }, isSafe: isSafe)
    }

    @Test(arguments: rows)
    func `the verdict follows the only correct order`(row: Row) throws {
        let conditions = try Self.read(row.fields, isSafe: row.isSafe)
        #expect(conditions.evaluate(isSafeRead: row.isSafe, current: row.current) == row.verdict)
    }

    @Test(arguments: ["If-Match", "If-None-Match"], [#"*, "A""#, "A", ","])
    func `a malformed condition on a write is refused by name`(field: String, value: String) {
        let fault = #expect(throws: MalformedCondition.self) { try Self.read([field: [value]], isSafe: false) }
        #expect(fault?.field == field)
        #expect(fault?.summary.hasPrefix(field) == true)
    }

    @Test func `a malformed If-Match is refused on a read too`() {
        #expect(throws: MalformedCondition.self) { try Self.read(["If-Match": ["A"]], isSafe: true) }
    }

    @Test func `an unusable If-Unmodified-Since is no condition and says so`() throws {
        let invalid = try Self.read(["If-Unmodified-Since": ["yesterday"]], isSafe: false)
        #expect(invalid.isEmpty)
        #expect(invalid.hasIgnorableUnmodifiedSince)
        let valid = try Self.read(["If-Unmodified-Since": [Self.before]], isSafe: false)
        #expect(!valid.isEmpty)
        #expect(!valid.hasIgnorableUnmodifiedSince)
    }

    @Test(arguments: [
        (200, false), (201, false), (204, false), (412, false), (304, true), (401, true), (404, true), (500, true),
    ])
    func `only an answer of 2xx or 412 lets conditions matter`(status: Int, wins: Bool) {
        #expect(Preconditions.takesPrecedence(status) == wins)
    }
}
