import Catalog
import NIOCore

#if canImport(Glibc)
import Glibc
#endif

/// Who is at the other end of a connection.
struct ClientAddress {
    /// The address: 4 or 16 bytes; none for other families.
    let bytes: [UInt8]
    /// The address as text.
    let text: [UInt8]

    /// The address of a socket's peer.
    init(_ address: SocketAddress?) {
        self = address?.ipAddress.flatMap(ClientAddress.init(parsing:)) ?? ClientAddress()
    }

    private init() {
        bytes = []
        text = Array("unknown".utf8)
    }

    /// The address that some text names, if it is one; an IPv4 client on an IPv6 socket is named by its IPv4 address.
    init?(parsing text: String) {
        let mapped = "::ffff:"
        let name = text.hasPrefix(mapped) && text.utf8.contains(UInt8(ascii: ".")) ? String(text.dropFirst(7)) : text
        guard let bytes = Self.parse(name, AF_INET, count: 4) ?? Self.parse(name, AF_INET6, count: 16) else {
            return nil
        }
        self.bytes = bytes
        self.text = Array(name.utf8)
    }

    private static func parse(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = unsafe bytes.withUnsafeMutableBytes { unsafe inet_pton(family, text, $0.baseAddress) }
        return result == 1 ? bytes : nil
    }

    /// Whether the address lies in one of the blocks.
    func isIn(_ blocks: [AddressBlock]) -> Bool { blocks.contains { $0.contains(bytes) } }
}
