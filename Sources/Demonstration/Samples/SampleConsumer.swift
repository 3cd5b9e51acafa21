import AccessControl

/// A consumer with a key of its own, new for every demonstration.
package struct SampleConsumer: Sendable {
    /// Its name.
    package let name: String
    /// Its key.
    package let key: String

    /// A consumer with a new key.
    package init(name: String) {
        self.name = name
        var chance = SystemRandomNumberGenerator()
        key = GeneratedKey.make(using: &chance)
    }

    /// SHA-256 of the key in hexadecimal: what the configuration holds of it.
    package var digest: String {
        KeyDigest(of: Array(key.utf8).span).bytes.map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// The header field that shows who is calling.
    var field: Call.Field { Call.Field("X-API-Key", key) }
}
