import HTTPWire
import Testing

/// One byte for every scalar, so that `\u{80}` is a single byte of obs-text.
func wire(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
}

/// What bytes are, one scalar each.
func text(_ bytes: [UInt8]) -> String {
    String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
}

/// Bytes that are refused, and the fault.
struct Refused: Sendable, CustomTestStringConvertible {
    /// The bytes, one scalar each.
    let text: String
    /// The refusal.
    let fault: WireFault

    init(_ text: String, _ fault: WireFault) { (self.text, self.fault) = (text, fault) }

    init(_ text: String, _ reason: StaticString) { self.init(text, .malformed(reason)) }

    var testDescription: String { text.debugDescription }
}
