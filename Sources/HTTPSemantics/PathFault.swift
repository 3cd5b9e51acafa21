/// Why a request path has no normal form; the answer is 400.
package enum PathFault: Error, Equatable {
    /// It does not start with `/`.
    case notAbsolute
    /// `..` leads above the root.
    case climbsAboveRoot
    /// A `%` without two hexadecimal digits behind it.
    case invalidEscape
    /// `%00`.
    case escapedNul
    /// A byte that may not stand in a path unescaped.
    case forbiddenByte(UInt8)

    /// The fault and its remedy, for the client.
    package var summary: String {
        switch self {
        case .notAbsolute: "The request path must start with /."
        case .climbsAboveRoot: "The request path climbs above the root; remove the surplus .. segments."
        case .invalidEscape:
            "The request path holds a % that is not followed by two hexadecimal digits; write it as %25."
        case .escapedNul: "The request path holds %00, which no resource name may contain."
        case .forbiddenByte(let byte):
            "The request path holds the byte 0x\(Self.hex(byte)), which must be percent-encoded."
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        String(decoding: [ASCII.upperHex(byte >> 4), ASCII.upperHex(byte)], as: UTF8.self)
    }
}
