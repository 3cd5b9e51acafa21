/// Puts environment variables in place of `${NAME}`; `$${` stands for `${` itself.
struct EnvironmentSubstitution {
    /// The variables.
    let environment: [String: String]

    /// `piece` with all variables in place; undefined ones are findings.
    func applied(to piece: Piece, into findings: inout Findings) -> Piece {
        var result = piece
        switch piece.content {
        case .broken: break
        case .list(let items):
            result.content = .list(items.map { applied(to: $0, into: &findings) })
        case .section(let members):
            result.content = .section(
                members.map { member in
                    var member = member
                    member.value = applied(to: member.value, into: &findings)
                    return member
                }
            )
        case .scalar(let scalar) where scalar.text.contains("${"):
            result.content = filled(scalar, at: piece.position, into: &findings)
        case .scalar: break
        }
        return result
    }

    private func filled(_ scalar: Piece.Scalar, at position: Position, into findings: inout Findings) -> Piece.Content {
        var result = Piece.Scalar(text: "", isQuoted: scalar.isQuoted)
        var rest = scalar.text[...]
        var isBroken = false
        while let dollar = rest.firstIndex(of: "$") {
            result.text += rest[..<dollar]
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                result.text += "${"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                let name = rest.dropFirst(2).prefix { $0 != "}" }
                rest = rest[name.endIndex...]
                guard rest.popFirst() != nil, Self.isName(name) else {
                    findings.error(
                        "'${\(String(name).shortened)' is not an environment variable",
                        hint: "write ${NAME}, or $${ for the characters themselves",
                        at: position
                    )
                    return .broken
                }
                guard let value = environment[String(name)] else {
                    let hint = "set it before starting, or write $${ for the characters themselves"
                    findings.error("the environment variable \(name) is not set", hint: hint, at: position)
                    isBroken = true
                    continue
                }
                result.text += value
                // A variable may hold a number or a flag, and is quoted by custom all the same.
                result.isQuoted = false
                result.isFromEnvironment = true
            } else {
                result.text += "$"
                rest = rest.dropFirst()
            }
        }
        result.text += rest
        return isBroken ? .broken : .scalar(result)
    }

    private static func isName(_ name: Substring) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
