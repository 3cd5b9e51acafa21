extension Dialect {
    /// Problem types that name the conflict themselves: those registered with IANA, and another Parley's.
    static let registered = Dialect(name: "problem-type") { reading in
        guard let type = reading.value("type").map({ ASCIIText.lower($0) }) else { return nil }
        let text = SearchText(type.utf8)
        if text.holds("mismatching-upload-offset") { return .conflict(.offset) }
        if text.holds("completed-upload") { return .conflict(.state) }
        guard text.holds("/.well-known/parley/problems/") else { return nil }
        let name = type.split(separator: "/").last.map { String($0) } ?? ""
        return ConflictKind(rawValue: name).map { .conflict($0) } ?? .ordinary
    }

    /// Uploads in pieces: the IETF draft and tus.
    static let resumableUpload = Dialect(name: "resumable-upload") { reading in
        let answer = reading.answer
        guard answer.status == 409 else { return nil }
        let hasOffset = answer.field("upload-offset") != nil
        let isTus = answer.field("tus-resumable") != nil
        if hasOffset || (isTus && answer.method == "PATCH") { return .conflict(.offset) }
        return nil
    }
}
