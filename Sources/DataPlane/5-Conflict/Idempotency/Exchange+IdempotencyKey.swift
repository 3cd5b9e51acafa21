import Catalog
import ConflictEngine
import HTTPWire

extension Exchange {
    /// Takes note of the request's key; a refusal if it has none that can be used where one is needed (contract §8).
    func claimKey(_ plan: IdempotencyPlan) -> LocalReply? {
        switch plan.reading(of: connection.head) {
        case .none: return nil
        case .refused(let reply): return reply
        case .key(let key):
            guard let caller else { return plan.callerUnknown }
            claim = KeyClaim(self, plan, scope: IdempotencyScope(key, of: caller))
            return nil
        }
    }

    /// Who a key belongs to; `nil` for callers that nothing tells apart.
    private var caller: IdempotencyScope.Caller? {
        if let name = consumerName { return .consumer(name) }
        let authorization = connection.head.values(of: .authorization)
        let cookie = connection.head.values(of: .cookie)
        guard !authorization.isEmpty || !cookie.isEmpty else { return nil }
        return .credentials(authorization: authorization, cookie: cookie)
    }

    /// What the request asks for, with its body.
    func fingerprint(_ body: [UInt8], _ plan: IdempotencyPlan) -> IdempotencyFingerprint {
        var api = Array((self.plan?.service ?? "").utf8)
        // Where the upstream gets the caller's host, another host may be another API.
        if case .preserve? = self.plan?.upstream.host, let host {
            api += [0] + connection.head.copy(host).map(ASCII.lower)
        }
        let request = IdempotencyFingerprint.Request(
            api: api,
            method: connection.head.copy(connection.head.method),
            target: querySlice == nil ? path : path + [UInt8(ascii: "?")] + query,
            mediaType: connection.head.slice(of: .contentType).map { connection.head.copy($0) } ?? [],
            body: body
        )
        return IdempotencyFingerprint(request, comparing: plan.comparison)
    }
}
