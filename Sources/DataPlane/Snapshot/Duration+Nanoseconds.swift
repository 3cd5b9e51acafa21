extension Duration {
    /// The duration in nanoseconds; negative ones are 0, and what does not fit is the greatest that adds without overflow.
    package var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < 4_000_000_000 else { return 4_000_000_000 * 1_000_000_000 }
        return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }

    /// The duration in whole milliseconds.
    package var wholeMilliseconds: Int { Int(wholeNanoseconds / 1_000_000) }
}
