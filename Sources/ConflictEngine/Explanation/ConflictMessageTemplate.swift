/// An operator's sentence with holes, such as `{{resource}} was changed; you had {{your_version}}`.
package struct ConflictMessageTemplate: Sendable, Equatable {
    /// What fills the holes; what is not known is written as `unknown`.
    package struct Values: Sendable, Equatable {
        /// The resource's identity.
        package var resource: String?
        /// The version that the caller named.
        package var yourVersion: String?
        /// The version that is current.
        package var currentVersion: String?
        /// The caller's name.
        package var consumer: String?
        /// The upstream's own words, redacted.
        package var upstreamDetail: String?

        /// Values for the holes.
        package init(
            resource: String? = nil,
            yourVersion: String? = nil,
            currentVersion: String? = nil,
            consumer: String? = nil,
            upstreamDetail: String? = nil,
        ) {
            self.resource = resource
            self.yourVersion = yourVersion
            self.currentVersion = currentVersion
            self.consumer = consumer
            self.upstreamDetail = upstreamDetail
        }

        fileprivate func value(of hole: String) -> String? {
            switch hole {
            case "resource": resource ?? "unknown"
            case "your_version": yourVersion ?? "unknown"
            case "current_version": currentVersion ?? "unknown"
            case "consumer": consumer ?? "unknown"
            case "upstream.detail": upstreamDetail ?? "unknown"
            default: nil
            }
        }
    }

    /// Names of the holes that can be filled.
    package static let holes = ["resource", "your_version", "current_version", "consumer", "upstream.detail"]

    private enum Part: Sendable, Equatable {
        case text(String)
        case hole(String)
    }

    private let parts: [Part]

    /// Reads a template; braces that enclose no known name are ordinary text.
    package init(_ source: String) {
        var parts: [Part] = []
        var rest = source[...]
        while let start = Self.position(of: "{{", in: rest) {
            let inner = rest[rest.index(start, offsetBy: 2)...]
            guard let end = Self.position(of: "}}", in: inner) else { break }
            let name = String(inner[..<end].filter { $0 != " " })
            let next = inner.index(end, offsetBy: 2)
            parts.append(.text(String(rest[..<start])))
            parts.append(Self.holes.contains(name) ? .hole(name) : .text(String(rest[start..<next])))
            rest = rest[next...]
        }
        parts.append(.text(String(rest)))
        self.parts = parts
    }

    /// Names in double braces that no hole has; for the check of a configuration.
    package var unknownHoles: [String] {
        parts.compactMap { part in
            guard case .text(let text) = part, text.hasPrefix("{{"), text.hasSuffix("}}") else { return nil }
            return String(text.dropFirst(2).dropLast(2))
        }
    }

    /// The sentence.
    ///
    /// Values are put in as they are: what they contain is never taken for a hole.
    package func filled(with values: Values) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .hole(let name): values.value(of: name) ?? ""
            }
        }.joined()
    }

    private static func position(of mark: String, in text: Substring) -> Substring.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(mark) { return index }
            index = text.index(after: index)
        }
        return nil
    }
}
