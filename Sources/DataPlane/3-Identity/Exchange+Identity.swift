import AccessControl
import HTTPWire

extension Exchange {
    /// Finds out who calls, on routes that demand a key (contract §3.6).
    func identify() -> Verdict {
        guard let plan, plan.allowed != nil else { return .proceed }
        guard let (field, key) = presentedKey() else {
            return .reply(.unauthenticated("No key was sent; send one in X-API-Key or as a bearer token."))
        }
        let bytes = connection.head.bytes
        guard let found = snapshot.keys.consumer(forKey: bytes.span.extracting(key.range)) else {
            return .reply(.unauthenticated("The key in \(field.text) is not known."))
        }
        consumer = found
        keyField = field
        return .proceed
    }

    /// The first field present decides: `X-API-Key`, then `x-goog-api-key`, then a bearer token.
    private func presentedKey() -> (FieldName, ByteSlice)? {
        for field in [FieldName.xAPIKey, .xGoogAPIKey] {
            if let value = connection.head.slice(of: field) { return (field, value) }
        }
        guard let value = connection.head.slice(of: .authorization), value.length > 7 else { return nil }
        let start = value.range.lowerBound
        guard connection.head.matches(ByteSlice(start, start + 7), "bearer ") else { return nil }
        var first = start + 7
        while first < value.range.upperBound, connection.head.bytes[first] == ASCII.space { first += 1 }
        return (.authorization, ByteSlice(first, value.range.upperBound))
    }

    /// The caller's name, if known.
    var consumerName: String? {
        consumer >= 0 && consumer < snapshot.consumerNames.count ? snapshot.consumerNames[consumer] : nil
    }
}
