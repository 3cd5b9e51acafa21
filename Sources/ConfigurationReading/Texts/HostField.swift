import Catalog

/// A host with an optional port, as it can stand in a `Host` field.
struct HostField {
    /// Whether it names exactly one host.
    let isUsable: Bool

    /// Reads `shop.internal` or `shop.internal:8080`.
    init(parsing text: String) throws(TextFault) {
        let target = try Target(url: "http://" + text)
        isUsable = target.pathPrefix.isEmpty && !text.contains("/")
    }
}
