import ConflictEngine

/// The header lines that mark an answer as a conflict (contract §4).
enum ConflictLines {
    /// `Parley-Conflict` and the link to the page about the kind.
    static func mark(_ kind: ConflictKind, id: String, origin: String) -> [UInt8] {
        LocalReply.line("Parley-Conflict", "\(kind.rawValue);id=\"\(id)\";origin=\(origin)")
            + LocalReply.line("Link", "<\(kind.problemPath)>; rel=\"describedby\"")
    }
}
