extension AddressBlock {
    /// Reads `10.0.0.0/8`, `2001:db8::/32` or a single address.
    package init(parsing text: String) throws(TextFault) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else {
            throw TextFault("is not an address block", remedy: "write CIDR form, such as 10.0.0.0/8 or 2001:db8::/32")
        }
        let width = address.bytes.count * 8
        guard parts.count == 2 else {
            self.init(bytes: address.bytes, prefix: width)
            return
        }
        guard let prefix = WrittenNumber(parts[1]), prefix.value <= width else {
            throw TextFault("has an impossible prefix length", remedy: "it must be between 0 and \(width)")
        }
        self.init(bytes: address.bytes, prefix: prefix.value)
    }
}
