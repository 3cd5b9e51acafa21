import HTTPSemantics

/// Which calls of the usage ledger are wanted; every condition that is set must hold.
package struct UsageFilter: Sendable, Equatable {
    /// Earliest time, inclusive, in milliseconds since 1970 UTC.
    package var since: Int64?
    /// Latest time, exclusive, in milliseconds since 1970 UTC.
    package var until: Int64?
    /// The service's name.
    package var service: String?
    /// The consumer's name.
    package var consumer: String?
    /// The model that was asked for.
    package var model: String?
    /// The provider's name.
    package var provider: String?

    /// Lets every call pass.
    package init() {}

    /// Whether `record` passes.
    package func admits(_ record: ModelCallRecord) -> Bool {
        if let since, record.time < since { return false }
        if let until, record.time >= until { return false }
        return agrees(service, record.service) && agrees(consumer, record.consumer) && agrees(model, record.model)
            && agrees(provider, record.provider)
    }

    private func agrees(_ wanted: String?, _ actual: String?) -> Bool {
        guard let wanted else { return true }
        return actual.map(ExactText.init) == ExactText(wanted)
    }
}
