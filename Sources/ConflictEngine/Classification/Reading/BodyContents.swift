/// A body read in its own format.
struct BodyContents {
    /// Most bytes of a body that are looked at.
    static let limit = 65_536

    /// Scalars of a JSON body.
    private(set) var members: [JSONMember] = []
    /// Elements with text of an XML body.
    private(set) var elements: [(name: String, text: String)] = []
    /// Names of all elements of an XML body.
    private(set) var elementNames: Set<String> = []
    private var markup: MarkupScanner?
    private var plain: [UInt8] = []
    private let mediaType: String

    /// Reads the body of an answer.
    init(_ answer: ObservedAnswer) {
        mediaType = ASCIIText.lower(answer.field("content-type") ?? "")
        let bytes = Array(answer.body.prefix(Self.limit))
        guard let first = bytes.first(where: { !ASCIIText.isSpace($0) && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF })
        else { return }
        let isTextual =
            mediaType.isEmpty || !["image/", "video/", "audio/", "font/"].contains { mediaType.hasPrefix($0) }
        guard isTextual else { return }
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""):
            members = LenientJSONScanner.members(of: bytes)
            if !members.contains(where: \.isString), !mediaType.contains("json") { plain = bytes }
        case UInt8(ascii: "<"): readMarkup(bytes)
        default:
            if mediaType.contains("json") { members = LenientJSONScanner.members(of: bytes) }
            if !members.contains(where: \.isString) { plain = bytes }
        }
    }

    private mutating func readMarkup(_ bytes: [UInt8]) {
        let scanner = MarkupScanner(bytes)
        markup = scanner
        let opening = ASCIIText.lower(bytes.prefix(1024))
        let looksLikePage = SearchText(opening).holds(any: ["<html", "<!doctype html", "<body", "<head"])
        guard !looksLikePage, !mediaType.contains("html") else { return }
        elements = scanner.elements
        elementNames = Set(scanner.names)
    }

    /// Codes in the body, those of inner objects after those of outer ones.
    var codes: [ErrorCode] {
        let scalars = members.filter { ErrorMembers.isCode($0) }.compactMap { ErrorCode($0.value) }
        let marked = elements.filter { Self.codeElements.contains($0.name) }.compactMap { ErrorCode($0.text) }
        return Array((scalars + marked).prefix(60))
    }

    private static let codeElements: Set<String> = [
        "code", "errorcode", "exception", "statuscode", "error", "type", "faultcode",
    ]

    /// What the body says about the error; for statuses that do not mean conflict, only what surely reports an error.
    mutating func takePieces(status: Int) -> [ErrorPiece] {
        let isConflict = ConflictClassifier.alwaysConflict.contains(status)
        var pieces = jsonPieces(status: status, isConflict: isConflict)
        pieces += xmlPieces(isConflict: isConflict)
        if let markup, elements.isEmpty { pieces += pagePieces(markup, status: status, isConflict: isConflict) }
        if !plain.isEmpty {
            let text = isConflict ? Array(plain.prefix(SearchText.limit)) : TraceFilter.summary(of: plain)
            pieces.append(ErrorPiece(name: "", text: String(decoding: text, as: UTF8.self), nameSpeaks: false, rank: 0))
        }
        return pieces.filter { !$0.text.isEmpty }
    }

    private func jsonPieces(status: Int, isConflict: Bool) -> [ErrorPiece] {
        var spoken = members.filter { ErrorMembers.speaks($0, status: status) }
        // Half a sentence proves nothing.
        if !isConflict { spoken.removeAll { !$0.isWhole } }
        if spoken.isEmpty, isConflict {
            spoken = members.filter { $0.isString && !ErrorMembers.echoes.contains($0.key) }
        }
        return spoken.map { member in
            let isTrace = member.value.utf8.contains(0x0A)
            let text =
                isTrace ? String(decoding: TraceFilter.summary(of: member.value.utf8), as: UTF8.self) : member.value
            return ErrorPiece(
                name: member.name,
                text: text,
                nameSpeaks: !ErrorMembers.speaking.contains(member.key) && !member.name.isEmpty,
                rank: Self.rank(member.key, text: text),
            )
        }
    }

    private func xmlPieces(isConflict: Bool) -> [ErrorPiece] {
        elements.compactMap { element in
            let isSpeaking = ErrorMembers.speaking.contains(element.name)
            guard isSpeaking || (isConflict && !ErrorMembers.echoes.contains(element.name)) else { return nil }
            let text = String(decoding: TraceFilter.summary(of: element.text.utf8), as: UTF8.self)
            return ErrorPiece(
                name: element.name,
                text: text,
                nameSpeaks: false,
                rank: Self.rank(element.name, text: text)
            )
        }
    }

    private func pagePieces(_ page: MarkupScanner, status: Int, isConflict: Bool) -> [ErrorPiece] {
        // Spring's stock page puts the message in plain text; elsewhere plain text may be anything.
        let isStockPage = SearchText(page.headline).holds("whitelabel error page")
        let isMessage = isConflict || isStockPage
        let isShort = (400..<500).contains(status) && page.visible.count <= 300
        let visible =
            isMessage || isShort ? Array(page.visible.prefix(SearchText.limit)) : TraceFilter.reports(in: page.visible)
        let parts = [page.headline, TraceFilter.reports(in: page.blocks), visible]
        return parts.enumerated().map { rank, text in
            let words = text.split(whereSeparator: { ASCIIText.isSpace($0) }).joined(separator: [0x20])
            return ErrorPiece(
                name: "",
                text: String(decoding: Array(words), as: UTF8.self),
                nameSpeaks: false,
                rank: rank
            )
        }
    }

    private static let quotable = [
        "detail", "message", "errormessage", "errordescription", "errorsummary", "description", "reason",
        "msg", "explanation",
        "title", "error",
    ]

    private static func rank(_ key: String, text: String) -> Int {
        // A single word is a code; a sentence explains.
        let penalty = text.utf8.contains(0x20) ? 0 : 20
        return (quotable.firstIndex(of: key) ?? 12) + penalty
    }
}
