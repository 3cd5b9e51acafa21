import ConflictEngine
import Testing

struct ExecutionEvidenceTests {
    /// Answers that prove that nothing was done (standards §7.2, item 4), and refusals because of a state that may pass.
    private static let refusals: Set<Int> = [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 423, 425, 428, 429]

    @Test func `what was never sent was not applied`() {
        #expect(ExecutionEvidence.notSent.fate == .notApplied)
    }

    @Test func `what got no whole answer is uncertain`() {
        #expect(ExecutionEvidence.unanswered.fate == .uncertain)
    }

    @Test(arguments: 100...999)
    func `every status has its fate`(status: Int) {
        let plain = ExecutionEvidence.answered(status: status, saysRetryAfter: false).fate
        let later = ExecutionEvidence.answered(status: status, saysRetryAfter: true).fate
        let expected: ExecutionEvidence.Fate =
            Self.refusals.contains(status) ? .notApplied : status >= 500 ? .uncertain : .completed
        #expect(plain == expected)
        #expect(later == (status == 503 ? .notApplied : expected))
    }

    @Test(arguments: [
        (200, ExecutionEvidence.Fate.completed), (201, .completed), (202, .completed), (204, .completed),
        (207, .completed), (301, .completed), (303, .completed), (304, .completed), (402, .completed),
        (406, .completed), (408, .completed), (410, .completed), (411, .completed), (414, .completed),
        (418, .completed), (424, .completed), (431, .completed), (451, .completed),
        (400, .notApplied), (401, .notApplied), (403, .notApplied), (404, .notApplied), (405, .notApplied),
        (409, .notApplied), (412, .notApplied), (413, .notApplied), (415, .notApplied), (422, .notApplied),
        (423, .notApplied), (425, .notApplied), (428, .notApplied), (429, .notApplied),
        (500, .uncertain), (501, .uncertain), (502, .uncertain), (503, .uncertain), (504, .uncertain),
        (505, .uncertain), (507, .uncertain), (599, .uncertain),
    ])
    func `the statuses of the standards, one by one`(status: Int, fate: ExecutionEvidence.Fate) {
        #expect(ExecutionEvidence.answered(status: status, saysRetryAfter: false).fate == fate)
    }

    @Test(arguments: [Int.min, -1, 0, Int.max])
    func `a status that is none does no harm`(status: Int) {
        let fate = ExecutionEvidence.answered(status: status, saysRetryAfter: true).fate
        #expect(fate == (status >= 500 ? .uncertain : .completed))
    }
}
