/// The value of a `Depth` field (RFC 4918, section 10.2).
package enum DepthField: Sendable, Equatable {
    /// `0`.
    case zero
    /// `1`.
    case one
    /// `infinity`.
    case infinity

    /// Reads the lines of the field; `nil` if it was not sent.
    package static func read(_ fieldLines: [[UInt8]]) throws(LockFieldFault) -> DepthField? {
        guard let line = fieldLines.first else { return nil }
        guard fieldLines.count == 1 else { throw LockFieldFault(.depth, .severalFields, at: 0) }
        let value = ASCII.trimmed(line[...])
        if value.elementsEqual([0x30]) { return .zero }
        if value.elementsEqual([0x31]) { return .one }
        guard ASCII.equalsIgnoringCase(value, "infinity") else {
            throw LockFieldFault(.depth, .unknownValue, at: value.startIndex)
        }
        return .infinity
    }

    /// The depth of a new lock: infinity unless the field says 0, and 1 is invalid (RFC 4918, section 9.10.3).
    package static func ofLock(_ fieldLines: [[UInt8]]) throws(LockFieldFault) -> LockDepth {
        switch try read(fieldLines) {
        case .zero: .zero
        case .infinity, nil: .infinity
        case .one: throw LockFieldFault(.depth, .notForLocks, at: 0)
        }
    }
}
