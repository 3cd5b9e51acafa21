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

    /// Sums over many calls, in the order of the members; missing ones are not told.
    package init(summing sums: [Int?]) {
        func sum(_ index: Int) -> Int? { index < sums.count ? sums[index] : nil }
        inputFresh = sum(0)
        cacheRead = sum(1)
        cacheWrite = sum(2)
        cacheWriteHour = sum(3)
        outputText = sum(4)
        outputReasoning = sum(5)
    }
}

extension TokenCounts {
    /// All input, fresh or not.
    package var input: Int? { Self.sum([inputFresh, cacheRead, cacheWrite, cacheWriteHour]) }
    /// Input written to a cache for whatever time.
    package var cacheWritten: Int? { Self.sum([cacheWrite, cacheWriteHour]) }
    /// All output, reasoning or not.
    package var output: Int? { Self.sum([outputText, outputReasoning]) }

    /// The classes in the order in which ``init(summing:)`` takes them.
    package var classes: [Int?] {
        [inputFresh, cacheRead, cacheWrite, cacheWriteHour, outputText, outputReasoning]
    }

    /// These and `other` together.
    package func adding(_ other: TokenCounts) -> TokenCounts {
        TokenCounts(summing: zip(classes, other.classes).map { Self.sum([$0, $1]) })
    }

    /// The sum of what was told; `nil` if nothing was.
    private static func sum(_ counts: [Int?]) -> Int? {
        let told = counts.compactMap(\.self)
        return told.isEmpty ? nil : told.reduce(0, &+)
    }
}
