/// A whole number written in decimal digits and nothing else.
package struct WrittenNumber: Sendable, Equatable {
    /// Its value.
    package let value: Int

    /// Returns `nil` for anything but digits, and for numbers beyond 64 bits.
    package init?(_ text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let value = Int(String(text))
        else { return nil }
        self.value = value
    }

    /// Splits digits from the letters behind them: `64KiB` is `64` and `KiB`.
    static func split(_ text: String) -> (digits: Substring, unit: Substring) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        return (digits, text[digits.endIndex...])
    }
}
