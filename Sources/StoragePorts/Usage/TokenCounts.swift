/// Tokens of one call, or of many, each class apart; `nil` is not told, which is not zero.
package struct TokenCounts: Sendable, Equatable {
    /// The most that one call is believed to count of a class; larger numbers are taken as this one, negative ones as 0.
    package static let most = 1 << 40

    /// Input that was neither read from nor written to a cache.
    package let inputFresh: Int?
    /// Input read from a cache.
    package let cacheRead: Int?
    /// Input written to a cache for 5 minutes, or for a time that was not told.
    package let cacheWrite: Int?
    /// Input written to a cache for an hour.
    package let cacheWriteHour: Int?
    /// Answer without reasoning.
    package let outputText: Int?
    /// Reasoning.
    package let outputReasoning: Int?

    /// What was counted of one call; each number within 0 and ``most``.
    package init(
        inputFresh: Int? = nil,
        cacheRead: Int? = nil,
        cacheWrite: Int? = nil,
        cacheWriteHour: Int? = nil,
        outputText: Int? = nil,
        outputReasoning: Int? = nil
    ) {
        self.inputFresh = Self.bounded(inputFresh)
        self.cacheRead = Self.bounded(cacheRead)
        self.cacheWrite = Self.bounded(cacheWrite)
        self.cacheWriteHour = Self.bounded(cacheWriteHour)
        self.outputText = Self.bounded(outputText)
        self.outputReasoning = Self.bounded(outputReasoning)
    }

    private static func bounded(_ number: Int?) -> Int? { number.map { min(max(0, $0), most) } }

    /// Counts as they are, such as sums over many calls, which may be larger than ``most``.
    package init(
        exactly inputFresh: Int?,
        cacheRead: Int?,
        cacheWrite: Int?,
        cacheWriteHour: Int?,
        outputText: Int?,
        outputReasoning: Int?
    ) {
        self.inputFresh = inputFresh
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.cacheWriteHour = cacheWriteHour
        self.outputText = outputText
        self.outputReasoning = outputReasoning
    }
}

extension TokenCounts {
    /// All input, fresh or not.
    package var input: Int? { Self.sum([inputFresh, cacheRead, cacheWrite, cacheWriteHour]) }
    /// Input written to a cache for whatever time.
    package var cacheWritten: Int? { Self.sum([cacheWrite, cacheWriteHour]) }
    /// All output, reasoning or not.
    package var output: Int? { Self.sum([outputText, outputReasoning]) }

    /// These and `other` together.
    package func adding(_ other: TokenCounts) -> TokenCounts {
        TokenCounts(
            exactly: Self.sum(inputFresh, other.inputFresh),
            cacheRead: Self.sum(cacheRead, other.cacheRead),
            cacheWrite: Self.sum(cacheWrite, other.cacheWrite),
            cacheWriteHour: Self.sum(cacheWriteHour, other.cacheWriteHour),
            outputText: Self.sum(outputText, other.outputText),
            outputReasoning: Self.sum(outputReasoning, other.outputReasoning)
        )
    }

    private static func sum(_ one: Int?, _ other: Int?) -> Int? {
        guard let one, let other else { return one ?? other }
        return one &+ other
    }

    /// The sum of what was told; `nil` if nothing was.
    private static func sum(_ counts: [Int?]) -> Int? {
        let told = counts.compactMap(\.self)
        return told.isEmpty ? nil : told.reduce(0, &+)
    }
}
