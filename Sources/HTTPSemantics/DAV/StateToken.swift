/// The name of one lock, or of another state of a resource: an absolute URI (RFC 4918, section 6.5).
///
/// Tokens are compared octet by octet.
package struct StateToken: Hashable, Sendable, CustomStringConvertible {
    /// The URI, without brackets.
    package let uri: [UInt8]

    /// The token that never matches anything (RFC 4918, section 10.4.8).
    package static let noLock = Self(known: Array("DAV:no-lock".utf8))

    /// The token called `uri`; `nil` if that is no absolute URI.
    package init?(uri: [UInt8]) {
        guard CodedURL.isAbsolute(uri) else { return nil }
        self.uri = uri
    }

    /// The token `urn:uuid:` of the text of a UUID, such as ``UUIDv7`` writes; `nil` if it is no such text.
    package init?(uuid: [UInt8]) {
        guard uuid.count == 36 else { return nil }
        for (index, byte) in uuid.enumerated() {
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            guard isHyphen ? byte == ASCII.minus : ASCII.hexValue(byte) != nil else { return nil }
        }
        uri = Array("urn:uuid:".utf8) + uuid
    }

    private init(known uri: [UInt8]) { self.uri = uri }

    /// The token between angle brackets, as fields hold it.
    package var coded: [UInt8] { [ASCII.less] + uri + [ASCII.greater] }

    /// The URI as text.
    package var description: String { String(decoding: uri, as: UTF8.self) }
}
