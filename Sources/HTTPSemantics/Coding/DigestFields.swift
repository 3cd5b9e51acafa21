/// Digests of bodies in header and trailer fields (RFC 9530), which coding makes untrue.
package enum DigestFields {
    /// Whether a field of this name holds a digest of the content or of the representation.
    ///
    /// All of them are left out of an answer, and of its trailers, that the gateway codes on the way, but for those that
    /// ``recomputed(_:original:coded:hash:)`` can make anew.
    package static func isDigest(_ name: ArraySlice<UInt8>) -> Bool {
        ASCII.equals(name, "content-digest") || ASCII.equals(name, "repr-digest") || ASCII.equals(name, "digest")
            || ASCII.equals(name, "content-md5")
    }

    /// `Content-Digest` or `Repr-Digest` of a whole body in its coded form; `nil` if the field must be left out.
    ///
    /// Only for answers with 200 to GET, where content and representation are the same. A digest is made anew only
    /// where the upstream's own is true of `original`: otherwise the gateway would vouch for bytes that were spoilt on
    /// the way to it. Algorithms other than ``DigestAlgorithm`` are left out.
    package static func recomputed(
        _ lines: [[UInt8]],
        original: [UInt8],
        coded: [UInt8],
        hash: (DigestAlgorithm, [UInt8]) -> [UInt8]
    ) -> [UInt8]? {
        guard let digests = try? StructuredField.dictionary(lines) else { return nil }
        var fresh = StructuredDictionary()
        for algorithm in DigestAlgorithm.allCases {
            guard case .item(let item)? = digests[algorithm.rawValue], case .bytes(let digest) = item.value,
                digest == hash(algorithm, original)
            else { continue }
            fresh.set(algorithm.rawValue, to: .item(StructuredItem(.bytes(hash(algorithm, coded)))))
        }
        guard !fresh.entries.isEmpty else { return nil }
        return try? StructuredWriter.bytes(fresh)
    }
}
