/// What a vendor counted, in tokens, each class apart; `nil` is not told, which is not zero.
package struct Usage: Sendable, Equatable {
    /// Input that was neither read from nor written to a cache.
    package var inputFresh: Int?
    /// Input read from a cache.
    package var cacheRead: Int?
    /// Input written to a cache for 5 minutes, or for a time that was not told.
    package var cacheWrite: Int?
    /// Input written to a cache for an hour.
    package var cacheWriteHour: Int?
    /// Answer without thinking.
    package var outputText: Int?
    /// Thinking.
    package var outputReasoning: Int?

    /// Counts.
    package init(
        inputFresh: Int? = nil,
        cacheRead: Int? = nil,
        cacheWrite: Int? = nil,
        cacheWriteHour: Int? = nil,
        outputText: Int? = nil,
        outputReasoning: Int? = nil
    ) {
        self.inputFresh = inputFresh
        self.cacheRead = cacheRead
        self.cacheWrite = cacheWrite
        self.cacheWriteHour = cacheWriteHour
        self.outputText = outputText
        self.outputReasoning = outputReasoning
    }

    /// All input.
    package var input: Int { Self.sum(inputFresh, cacheRead, cacheWrite, cacheWriteHour) }
    /// All output.
    package var output: Int { Self.sum(outputText, outputReasoning) }
    /// Everything.
    package var total: Int { Self.sum(input, output) }
    /// Whether anything was told.
    package var isKnown: Bool { inputFresh != nil || outputText != nil || outputReasoning != nil || cacheRead != nil }

    /// Takes over whatever `later` tells: the last word counts, explicit zeros too.
    package mutating func update(with later: Usage) {
        if let value = later.inputFresh { inputFresh = value }
        if let value = later.cacheRead { cacheRead = value }
        if let value = later.cacheWrite { cacheWrite = value }
        if let value = later.cacheWriteHour { cacheWriteHour = value }
        if let value = later.outputText { outputText = value }
        if let value = later.outputReasoning { outputReasoning = value }
    }

    /// The sum with what another step of the same answer used.
    func adding(_ other: Usage) -> Usage {
        func sum(_ a: Int?, _ b: Int?) -> Int? { a == nil && b == nil ? nil : Self.count((a ?? 0) &+ (b ?? 0)) }
        return Usage(
            inputFresh: sum(inputFresh, other.inputFresh),
            cacheRead: sum(cacheRead, other.cacheRead),
            cacheWrite: sum(cacheWrite, other.cacheWrite),
            cacheWriteHour: sum(cacheWriteHour, other.cacheWriteHour),
            outputText: sum(outputText, other.outputText),
            outputReasoning: sum(outputReasoning, other.outputReasoning)
        )
    }

    /// A count as an outside number says it: never below zero, never so large that sums overflow.
    package static func count(_ value: Int?) -> Int? {
        value.map { min(max(0, $0), 1 << 50) }
    }

    private static func sum(_ counts: Int?...) -> Int {
        counts.reduce(0) { $0 &+ ($1 ?? 0) }
    }
}
