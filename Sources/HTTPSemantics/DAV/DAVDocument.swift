/// The XML answers to LOCK, and to whatever a lock stands in the way of.
package enum DAVDocument {
    /// The media type of all of them.
    package static let mediaType = "application/xml; charset=utf-8"

    /// The body of a successful LOCK, be it a new lock or a refreshed one (RFC 4918, section 9.10.1).
    package static func lockDiscovery(_ locks: [ActiveLock]) -> [UInt8] {
        document("prop", wrapped("lockdiscovery", locks.flatMap(\.element)))
    }

    /// The body of a refusal.
    package static func error(_ condition: DAVCondition) -> [UInt8] {
        document("error", condition.element)
    }

    /// A 207 about several resources, each with its status and, if there is one, the condition it failed.
    ///
    /// Such is the answer when a lock of infinite depth meets another below its root: 423 there, 424 at the root
    /// (RFC 4918, section 9.10.9).
    package static func multiStatus(_ responses: [DAVResponse]) -> [UInt8] {
        document("multistatus", responses.flatMap(\.element))
    }

    /// `content` within the element `name`.
    static func wrapped(_ name: String, _ content: [UInt8]) -> [UInt8] {
        Array("<D:\(name)>".utf8) + content + Array("</D:\(name)>".utf8)
    }

    /// The element `href` with a path or URI.
    static func href(_ reference: [UInt8]) -> [UInt8] { wrapped("href", XMLText.href(reference)) }

    private static func document(_ root: String, _ content: [UInt8]) -> [UInt8] {
        XMLText.declaration + Array("<D:\(root) xmlns:D=\"DAV:\">".utf8) + content + Array("</D:\(root)>\n".utf8)
    }
}
