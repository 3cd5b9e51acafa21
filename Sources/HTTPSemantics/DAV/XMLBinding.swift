/// A namespace prefix and what it stands for.
package struct XMLBinding: Sendable, Equatable {
    /// The prefix; empty for the default namespace.
    package let prefix: [UInt8]
    /// The name of the namespace, with references resolved; empty where a default namespace ends.
    package let namespace: [UInt8]

    /// A declaration as an attribute, with a space before it.
    var attribute: [UInt8] {
        let name = prefix.isEmpty ? Array("xmlns".utf8) : Array("xmlns:".utf8) + prefix
        return [ASCII.space] + name + [ASCII.equals, ASCII.quote] + XMLText.escaped(namespace) + [ASCII.quote]
    }
}
