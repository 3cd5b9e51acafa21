package import HTTPSemantics

/// Where the members of a JSON object stand in its text, for passing the text on with a few of them changed.
///
/// The whole text is checked (RFC 8259), nothing of it is copied: a request of many megabytes costs one pass.
package struct JSONOutline: Sendable {
    /// One member.
    package struct Member: Sendable, Equatable {
        /// Where its name stands, without quotes.
        package let name: Range<Int>
        /// Where its value stands.
        package let value: Range<Int>
    }

    /// The members in order.
    package private(set) var members: [Member] = []
    /// Where the object's closing brace stands.
    package private(set) var end = 0
    /// Whether a name has to be unescaped before it can be compared.
    private var hasEscapedNames = false

    /// Reads `bytes`.
    /// - Throws: ``JSONFault`` where they are no JSON; `nil` where they are JSON but no object.
    package init?(_ bytes: [UInt8]) throws(JSONFault) {
        var walker = JSONWalker()
        guard let found = try walker.object(bytes.span) else { return nil }
        members = found.members
        end = found.end
        hasEscapedNames = found.members.contains { bytes[$0.name].contains(0x5C) }
    }

    /// The last member of that name.
    package func member(_ name: StaticString, in bytes: [UInt8]) -> Member? {
        guard !hasEscapedNames else {
            return members.last { Self.unescaped(bytes, $0.name) == name.description }
        }
        let count = name.utf8CodeUnitCount
        return members.last { $0.name.count == count && Self.equal(bytes, $0.name, name) }
    }

    /// A member's name, as it was meant; `nil` where it is no proper text.
    package func name(of member: Member, in bytes: [UInt8]) -> String? { Self.unescaped(bytes, member.name) }

    /// A name that was written with escapes.
    private static func unescaped(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
        (try? JSONParser.parse([0x22] + bytes[range] + [0x22]))?.string
    }

    /// The text of a member that is a string.
    package func string(_ name: StaticString, in bytes: [UInt8]) -> String? {
        value(name, in: bytes)?.string
    }

    /// The value of a member, read.
    package func value(_ name: StaticString, in bytes: [UInt8]) -> JSONValue? {
        guard let member = member(name, in: bytes) else { return nil }
        return try? JSONParser.parse(bytes.span.extracting(member.value))
    }

    private static func equal(_ bytes: [UInt8], _ range: Range<Int>, _ name: StaticString) -> Bool {
        var offset = 0
        for index in range {
            guard unsafe bytes[index] == name.utf8Start[offset] else { return false }
            offset += 1
        }
        return true
    }
}
