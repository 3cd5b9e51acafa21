/// Why bytes are not a message that Parley accepts (contract §3.1, RFC 9112).
package enum WireFault: Error, Sendable, Equatable {
    /// The bytes break the grammar, or could be read in two ways.
    case malformed(StaticString)
    /// The request line exceeds its limit.
    case requestLineTooLong
    /// The header section exceeds its limit in bytes or fields.
    case headersTooLarge
    /// A well-formed transfer coding other than `chunked`.
    case unsupportedCoding

    /// What is wrong, for people; never holds bytes of the message.
    package var explanation: String {
        switch self {
        case .malformed(let reason): reason.description
        case .requestLineTooLong: "the request line exceeds 8 KiB"
        case .headersTooLarge: "the header section exceeds 32 KiB or 100 fields"
        case .unsupportedCoding: "only the transfer coding «chunked» is supported"
        }
    }

    /// Two faults are equal if they read the same.
    package static func == (left: Self, right: Self) -> Bool {
        left.explanation == right.explanation
    }
}
