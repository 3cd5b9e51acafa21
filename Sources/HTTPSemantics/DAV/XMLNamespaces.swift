/// The namespaces in scope while a document is read (Namespaces in XML 1.0).
struct XMLNamespaces {
    /// The namespace of WebDAV.
    static let dav = Array("DAV:".utf8)
    private static let xml = Array("http://www.w3.org/XML/1998/namespace".utf8)
    private static let xmlns = Array("http://www.w3.org/2000/xmlns/".utf8)
    private static let most = 100

    private var bindings: [XMLBinding] = []

    /// How many declarations are in scope, hidden ones included.
    var count: Int { bindings.count }

    /// Adds a declaration; whether that is allowed.
    mutating func declare(prefix: [UInt8], _ namespace: [UInt8]) -> Bool {
        let isXML = prefix.elementsEqual("xml".utf8)
        guard isXML == (namespace == Self.xml), namespace != Self.xmlns, !prefix.elementsEqual("xmlns".utf8) else {
            return false
        }
        guard prefix.isEmpty || !namespace.isEmpty else { return false }
        bindings.append(XMLBinding(prefix: prefix, namespace: namespace))
        return true
    }

    /// Whether there are more than are read.
    var isTooMany: Bool { bindings.count > Self.most }

    /// Leaves the scope of all declarations but the first `count`.
    mutating func keep(_ count: Int) { bindings.removeLast(max(0, bindings.count - count)) }

    /// What `prefix` stands for; `nil` if it is not declared.
    ///
    /// The default namespace is empty if there is none.
    func namespace(of prefix: [UInt8]) -> [UInt8]? {
        if prefix.elementsEqual("xml".utf8) { return Self.xml }
        return bindings.last { $0.prefix == prefix }?.namespace ?? (prefix.isEmpty ? [] : nil)
    }

    /// The declarations that are not hidden by later ones, in the order of their last declaration; neither `xml` nor
    /// an empty default namespace.
    var visible: [XMLBinding] {
        bindings.indices.filter { index in
            let binding = bindings[index]
            let isHidden = bindings[(index + 1)...].contains { $0.prefix == binding.prefix }
            return !isHidden && !binding.namespace.isEmpty && binding.namespace != Self.xml
        }.map { bindings[$0] }
    }
}
