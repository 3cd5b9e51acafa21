/// A piece of an HTML page that is escaped as it is written.
indirect enum HTMLNode: Sendable, Equatable {
    /// Text; `&`, `<`, `>` and quotes are escaped.
    case text(String)
    /// An element with attributes in order and what is in it.
    case element(String, [Attribute], [HTMLNode])
    /// A style sheet, written as it is; ours alone.
    case style(String)

    /// An attribute of an element.
    struct Attribute: Sendable, Equatable {
        /// The name.
        let name: String
        /// The value before escaping.
        let value: String
    }

    private static let void: Set<String> = ["meta", "link", "br", "hr"]

    /// An element that holds text.
    static func tag(_ name: String, _ text: String) -> HTMLNode {
        .element(name, [], [.text(text)])
    }

    /// An element that holds others.
    static func tag(_ name: String, _ children: [HTMLNode]) -> HTMLNode {
        .element(name, [], children)
    }

    /// A link.
    static func link(_ address: String, _ text: String) -> HTMLNode {
        .element("a", [Attribute(name: "href", value: address)], [.text(text)])
    }

    /// The HTML.
    var html: String {
        switch self {
        case .text(let text): return Self.escaped(text)
        case .style(let sheet): return "<style>\(sheet)</style>"
        case .element(let name, let attributes, let children):
            let list = attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
            guard !Self.void.contains(name) else { return "<\(name)\(list)>" }
            return "<\(name)\(list)>" + children.map(\.html).joined() + "</\(name)>"
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
