/// What the creator of a lock says about itself: free XML, kept as it was sent (RFC 4918, section 14.17).
///
/// Names of the XML may use prefixes that were declared outside it. These declarations are kept too, so that the
/// element can be repeated in any document that has no default namespace there.
package struct LockOwner: Sendable, Equatable {
    /// How many bytes content and declarations may have together.
    package static let longest = 8192

    /// The content of the element, byte for byte.
    package let content: [UInt8]
    /// The declarations in force around the content, one of which gives `DAV:` a prefix.
    package let namespaces: [XMLBinding]
    /// The text of the content, without elements and with references resolved.
    package let text: [UInt8]

    /// An owner of plain text; `nil` if that is too long.
    ///
    /// What XML cannot hold becomes U+FFFD.
    package init?(text: String) {
        self.text = Array(text.utf8)
        content = XMLText.escaped(self.text)
        namespaces = Self.withPrefix([])
        guard length <= Self.longest else { return nil }
    }

    /// Reads an ``element`` back.
    package init(element: [UInt8]) throws(XMLFault) {
        var reader = try XMLReader(element)
        guard case .start(let name, let start) = try reader.next(), name.isDAV("owner") else {
            throw XMLFault(.wrongRoot, at: 0)
        }
        self = try LockInfoReader.owner(&reader, from: start)
        _ = try reader.next()
    }

    /// An owner with the parts that were read.
    init(content: [UInt8], namespaces: [XMLBinding], text: [UInt8]) {
        self.content = content
        self.namespaces = Self.withPrefix(namespaces)
        self.text = text
    }

    /// The element `owner` with everything in it; it can stand where no default namespace is in force, or be stored.
    package var element: [UInt8] {
        let prefix = namespaces.first { !$0.prefix.isEmpty && $0.namespace == XMLNamespaces.dav }?.prefix ?? []
        let name = prefix + [ASCII.colon] + Array("owner".utf8)
        let start = [ASCII.less] + name + namespaces.flatMap(\.attribute) + [ASCII.greater]
        return start + content + [ASCII.less, ASCII.slash] + name + [ASCII.greater]
    }

    /// How many bytes content and declarations have.
    var length: Int { namespaces.reduce(content.count) { $0 + $1.attribute.count } }

    /// Declares a prefix for `DAV:` unless there is one.
    ///
    /// It is `D` or, where that means something else, the first of `D0`, `D1` and so on that is free.
    private static func withPrefix(_ namespaces: [XMLBinding]) -> [XMLBinding] {
        guard !namespaces.contains(where: { !$0.prefix.isEmpty && $0.namespace == XMLNamespaces.dav }) else {
            return namespaces
        }
        let taken = Set(namespaces.map(\.prefix))
        let candidates = ["D"] + (0...taken.count).map { "D\($0)" }
        let free = candidates.map { Array($0.utf8) }.first { !taken.contains($0) } ?? []
        return namespaces + [XMLBinding(prefix: free, namespace: XMLNamespaces.dav)]
    }
}
