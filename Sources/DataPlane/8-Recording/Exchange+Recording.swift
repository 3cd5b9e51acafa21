import HTTPWire

extension Exchange {
    /// Counts the exchange, once, when its last byte is out.
    func record() {
        if isCounted { plan?.upstream.state.ended(retried: isRetrying) }
        targetReleased()
        let now = loop.now
        let method = method
        let status = status
        let started = started
        let sentAt = sentAt
        loop.meters.update(plan?.slot ?? -1) { meter in
            meter.count(method, status)
            meter.durations.record(now &- started)
            if sentAt != 0 { meter.upstreamDurations.record(now &- sentAt) }
        }
        let threshold = snapshot.logThreshold
        guard threshold > 0, threshold == .max || loop.random.next() < threshold else { return }
        loop.shared.accessLog.append(accessLine(now))
    }

    private func accessLine(_ now: UInt64) -> AccessLine {
        AccessLine(
            time: WallClock.milliseconds(),
            service: plan?.service,
            route: plan?.route,
            method: connection.head.text(connection.head.method),
            path: pathSlice.isEmpty ? "" : String(decoding: ownPath ?? path, as: UTF8.self),
            status: status,
            bytesIn: bodyReceived,
            bytesOut: bodySent,
            microseconds: (now &- started) / 1000,
            consumer: consumerName,
            client: String(decoding: client.text, as: UTF8.self),
            requestID: requestID.text,
            target: target?.url
        )
    }
}
