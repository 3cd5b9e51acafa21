/// The value of a `Timeout` field: for how long the client would like to hold a lock (RFC 4918, section 10.7).
///
/// The field is a wish, so what is not understood is passed over and never an error.
package struct TimeoutField: Sendable, Equatable {
    /// One wish.
    package enum Wish: Sendable, Equatable {
        /// `Infinite`.
        case infinite
        /// `Second-N`, in seconds; numbers that are too large are 4294967295.
        case seconds(UInt32)
    }

    /// What is read of the field, beyond which no client goes.
    private static let mostWishes = 16

    /// The wishes that were understood, in the order of preference; none if the field was not sent.
    package let wishes: [Wish]

    /// Reads all lines of the field as one list.
    package init(fieldLines: [[UInt8]]) {
        var wishes: [Wish] = []
        for line in fieldLines {
            for member in line.split(separator: ASCII.comma, maxSplits: Self.mostWishes) {
                guard wishes.count < Self.mostWishes, let wish = Self.wish(ASCII.trimmed(member)) else { continue }
                wishes.append(wish)
            }
        }
        self.wishes = wishes
    }

    /// For how many seconds to grant a lock of which none may be held for more than `cap` seconds: the first wish if
    /// that is less, at least 1, and `cap` without any wish.
    package func seconds(cappedAt cap: Int64) -> Int64 {
        guard case .seconds(let wish)? = wishes.first else { return max(1, cap) }
        return max(1, min(Int64(wish), cap))
    }

    private static func wish(_ member: ArraySlice<UInt8>) -> Wish? {
        if ASCII.equalsIgnoringCase(member, "infinite") { return .infinite }
        guard ASCII.equalsIgnoringCase(member.prefix(7), "second-") else { return nil }
        let digits = member.dropFirst(7)
        guard !digits.isEmpty, digits.allSatisfy(ASCII.isDigit) else { return nil }
        var value: UInt64 = 0
        for digit in digits { value = min(value * 10 + UInt64(digit - 0x30), UInt64(UInt32.max)) }
        return .seconds(UInt32(value))
    }
}
