import Catalog

/// Reads the key `dialect` of one policy `conflict`.
struct DialectPart {
    /// The policy.
    let policy: Piece.Member
    /// The policy's name for messages.
    let path: String

    /// The dialect; findings where level and dialect do not go together.
    func dialect(at level: ConflictPolicy.Level, into findings: inout Findings) -> DialectPolicy? {
        guard let member = policy.value.member("dialect") else {
            guard level == .translate else { return nil }
            findings.error(
                "'\(path)': the level translate needs a 'dialect'",
                hint: "add 'dialect: couchdb', 'elasticsearch', 'kubernetes' or { version: /PLACE, send: query NAME }",
                at: policy.value["level"]?.position ?? policy.position
            )
            return nil
        }
        if level != .translate {
            findings.error(
                "'\(path)': 'dialect' has no meaning at the level \(level.rawValue)",
                hint: "use 'level: translate'",
                at: member.position
            )
        }
        switch member.value.text {
        case "couchdb": return .couchdb
        case "elasticsearch": return .elasticsearch
        case "kubernetes": return .kubernetes
        default: return anywhere(member.value)
        }
    }

    private func anywhere(_ piece: Piece) -> DialectPolicy? {
        guard let version = piece.text("version"), let send = piece.text("send") else { return nil }
        if send.hasPrefix("/") { return .anywhere(version: version, send: .pointer(send)) }
        guard let part = try? RequestPart(parsing: send, words: [], prefixes: ["query", "header"]), let name = part.name
        else { return nil }
        return .anywhere(version: version, send: part.word == "header" ? .header(name) : .query(name))
    }
}
