/// A name that is valid by construction and cannot be mistaken for another kind of name.
package struct Identifier<Subject>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name as the operator wrote it: 1 to 64 characters of `a–z`, `A–Z`, `0–9`, `-`, `_` and `.`.
    package let text: String

    /// Returns `nil` unless `text` has 1 to 64 allowed characters and starts with a letter or digit.
    package init?(_ text: some StringProtocol) {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), let first = bytes.first, Self.isAlphanumeric(first) else { return nil }
        guard bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.text = String(text)
    }

    /// The name itself.
    package var description: String { text }

    /// Orders names by their bytes.
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
}

/// Names a service.
package typealias ServiceName = Identifier<Service>
/// Names a route within its service.
package typealias RouteName = Identifier<Route>
/// Names an upstream.
package typealias UpstreamName = Identifier<Upstream>
/// Names a consumer.
package typealias ConsumerName = Identifier<Consumer>
