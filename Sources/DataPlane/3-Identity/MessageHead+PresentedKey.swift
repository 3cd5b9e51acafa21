import HTTPWire

extension MessageHead {
    /// The key that the caller presents: the first field present decides, `X-API-Key`, then `x-goog-api-key`, then a
    /// bearer token (contract §3.6).
    func presentedKey() -> (field: FieldName, key: ByteSlice)? {
        for field in [FieldName.xAPIKey, .xGoogAPIKey] {
            if let value = slice(of: field) { return (field, value) }
        }
        guard let value = slice(of: .authorization), value.length > 7 else { return nil }
        let start = value.range.lowerBound
        guard matches(ByteSlice(start, start + 7), "bearer ") else { return nil }
        var first = start + 7
        while first < value.range.upperBound, bytes[first] == ASCII.space { first += 1 }
        return (.authorization, ByteSlice(first, value.range.upperBound))
    }
}
