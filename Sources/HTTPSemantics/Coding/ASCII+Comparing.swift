extension ASCII {
    /// Whether `bytes` equal `lower`, which is in lower case, but for the case of letters.
    static func equals(_ bytes: ArraySlice<UInt8>, _ lower: StaticString) -> Bool {
        bytes.count == lower.utf8CodeUnitCount && begins(bytes, with: lower)
    }

    /// Whether `bytes` begin with `lower`, which is in lower case, but for the case of letters.
    static func begins(_ bytes: ArraySlice<UInt8>, with lower: StaticString) -> Bool {
        guard bytes.count >= lower.utf8CodeUnitCount else { return false }
        return lower.withUTF8Buffer { wanted in
            unsafe zip(bytes, wanted).allSatisfy { lowercased($0) == $1 }
        }
    }

    /// Whether `bytes` end with `lower`, which is in lower case, but for the case of letters.
    static func ends(_ bytes: ArraySlice<UInt8>, with lower: StaticString) -> Bool {
        equals(bytes.suffix(lower.utf8CodeUnitCount), lower)
    }
}
