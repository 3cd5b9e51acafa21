/// The value of a `Lock-Token` field: which lock an UNLOCK ends, or a LOCK has begun (RFC 4918, section 10.5).
package struct LockTokenField: Sendable, Equatable {
    /// The token.
    package let token: StateToken

    /// A field that names `token`.
    package init(_ token: StateToken) { self.token = token }

    /// Reads the lines of the field, of which there must be one.
    package init(fieldLines: [[UInt8]]) throws(LockFieldFault) {
        guard let line = fieldLines.first else { throw LockFieldFault(.lockToken, .missing, at: 0) }
        guard fieldLines.count == 1 else { throw LockFieldFault(.lockToken, .severalFields, at: 0) }
        let value = Array(ASCII.trimmed(line[...]))
        let start = line.firstIndex { !ASCII.isBlank($0) } ?? 0
        var position = 0
        guard let uri = CodedURL.scan(value, at: &position), position == value.count, let token = StateToken(uri: uri)
        else { throw LockFieldFault(.lockToken, .unknownValue, at: start) }
        self.token = token
    }

    /// The field as it is sent.
    package var bytes: [UInt8] { token.coded }
}
