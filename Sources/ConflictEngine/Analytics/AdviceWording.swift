/// Says numbers in the sentences of advice.
enum AdviceWording {
    /// `part` of `whole` as a whole percentage.
    static func share(_ part: Int, of whole: Int) -> String {
        let share = ConflictRates.share(part, of: whole) ?? 0
        let percent = Int((share * 100).rounded())
        return percent == 0 && part > 0 ? "Less than 1 %" : "\(percent) %"
    }

    /// A duration of `milliseconds` with the unit that suits it, and one place where that matters.
    static func duration(_ milliseconds: Int64) -> String {
        switch milliseconds {
        case ..<1_000: "\(max(0, milliseconds)) ms"
        case ..<10_000 where milliseconds % 1_000 >= 100: "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s"
        case ..<120_000: "\(milliseconds / 1_000) s"
        case ..<7_200_000: "\(milliseconds / 60_000) min"
        default: "\(milliseconds / 3_600_000) h"
        }
    }
}
