import AccessControl
import HTTPSemantics
import HTTPWire

extension Exchange {
    /// Finds out who calls, on routes that demand a key (contract §3.6).
    func identify() -> Verdict {
        guard let plan, plan.allowed != nil else { return .proceed }
        guard let (field, key) = connection.head.presentedKey() else {
            if let found = consumerByQuery(plan) {
                consumer = found
                return .proceed
            }
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

    private func consumerByQuery(_ plan: RoutePlan) -> Int? {
        guard plan.handler != nil, let query = querySlice else { return nil }
        return snapshot.consumer(byKeyIn: connection.head.copy(query))
    }

    /// The caller's name, if known.
    var consumerName: String? {
        consumer >= 0 && consumer < snapshot.consumerNames.count ? snapshot.consumerNames[consumer] : nil
    }
}
