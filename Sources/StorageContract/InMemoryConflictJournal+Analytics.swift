package import StoragePorts

extension InMemoryConflictJournal: ConflictAnalytics {
    package func record(_ buckets: [TrafficBucket]) async throws(StoreError) {
        try working { state in
            for bucket in buckets { state.rollups.add(bucket) }
        }
    }

    package func series(_ window: AnalyticsWindow, step: Int64) async throws(StoreError) -> [AnalyticsPoint] {
        try working { state in state.rollups.series(window, step: step) }
    }

    package func routes(_ window: AnalyticsWindow) async throws(StoreError) -> [RouteAnalytics] {
        try working { state in state.rollups.routes(window) }
    }

    @discardableResult
    package func forget(at now: Int64) async throws(StoreError) -> Int {
        try working { state in state.rollups.forget(at: now) }
    }
}
