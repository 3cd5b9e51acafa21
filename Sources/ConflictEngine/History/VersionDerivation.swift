import Crypto

/// Makes a strong entity tag of a representation, in one go or as its bytes pass.
///
/// The tag is a hash of media type, content language and the identity-coded bytes: it changes with every byte, and is
/// valid again when the same bytes return.
package struct VersionDerivation: Sendable {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let length = 22

    private var hash = SHA256()

    /// Starts a tag for a representation with these values of Content-Type and Content-Language, empty where absent.
    package init(mediaType: [UInt8], contentLanguage: [UInt8] = []) {
        update(mediaType)
        update([0])
        update(contentLanguage)
        update([0])
    }

    /// The tag of a whole representation, with its quotes.
    package static func tag(of bytes: [UInt8], mediaType: [UInt8], contentLanguage: [UInt8] = []) -> [UInt8] {
        var derivation = Self(mediaType: mediaType, contentLanguage: contentLanguage)
        derivation.update(bytes)
        return derivation.finish()
    }

    /// Takes in the next bytes of the representation.
    package mutating func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    }

    /// Takes in the next bytes of the representation, where they lie.
    package mutating func update(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    }

    /// The tag of all bytes taken in, with its quotes.
    package consuming func finish() -> [UInt8] {
        var tag = [UInt8(ascii: "\"")]
        tag.reserveCapacity(Self.length + 2)
        var (buffer, bits) = (UInt32(0), UInt32(0))
        for byte in hash.finalize() where tag.count <= Self.length {
            buffer = (buffer << 8) | UInt32(byte)
            bits += 8
            while bits >= 6, tag.count <= Self.length {
                bits -= 6
                tag.append(Self.alphabet[Int((buffer >> bits) & 63)])
            }
        }
        tag.append(UInt8(ascii: "\""))
        return tag
    }
}
