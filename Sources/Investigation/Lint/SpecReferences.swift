import HTTPSemantics

/// Follows `$ref` within one API description.
struct SpecReferences: Sendable {
    /// More hops than any description needs; a circle ends here.
    private static let mostHops = 16

    private let root: SpecNode

    /// References of a description.
    init(_ root: SpecNode) { self.root = root }

    /// What `node` is, references followed; a reference that leads elsewhere, or nowhere, stays as it is.
    func resolve(_ node: SpecNode) -> SpecNode {
        var current = node
        for _ in 0..<Self.mostHops {
            guard let reference = current["$ref"]?.text, let target = target(of: reference) else { return current }
            current = target
        }
        return current
    }

    /// The last part of a reference that leads elsewhere, such as `IfMatch`, in lower case and without hyphens.
    ///
    /// It is all that is known about the target.
    static func name(_ node: SpecNode) -> String? {
        guard let reference = node["$ref"]?.text else { return nil }
        let name = reference.split(separator: "/").last ?? ""
        return String(name.lowercased().filter { $0 != "-" && $0 != "_" })
    }

    private func target(of reference: String) -> SpecNode? {
        guard reference.hasPrefix("#"), let pointer = JSONPointer(Self.unescaped(String(reference.dropFirst()))) else {
            return nil
        }
        var current = root
        for token in pointer.tokens {
            let next =
                current[token] ?? Int(token).flatMap { current.items.indices.contains($0) ? current.items[$0] : nil }
            guard let next else { return nil }
            current = next
        }
        return current
    }

    /// The text with its `%XX` escapes decoded (RFC 6901, section 6).
    private static func unescaped(_ text: String) -> String {
        var output: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                output.append(value)
                rest = rest.dropFirst(2)
            } else {
                output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
