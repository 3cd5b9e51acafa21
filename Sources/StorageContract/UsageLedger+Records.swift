package import StoragePorts

extension UsageLedger {
    /// Adds `records`, for tests.
    package func append(_ records: [ModelCallRecord], windows: [QuotaWindow]) async throws(StoreError) {
        var batch = CallBatch()
        for record in records { batch.add(record) }
        try await append(batch, windows: windows)
    }
}
