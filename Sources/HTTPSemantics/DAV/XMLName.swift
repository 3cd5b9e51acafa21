/// The name of an element or attribute, with its prefix resolved.
struct XMLName: Equatable {
    /// The name within the namespace; compared first, because names differ more often than namespaces.
    let local: [UInt8]
    /// The name of the namespace; empty for none.
    let namespace: [UInt8]

    /// Whether it is `local` of the namespace `DAV:`.
    func isDAV(_ local: StaticString) -> Bool {
        local.withUTF8Buffer { unsafe $0.elementsEqual(self.local) } && namespace == XMLNamespaces.dav
    }
}
