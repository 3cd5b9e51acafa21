/// Which members of a JSON answer speak about the error, and which merely repeat the request.
enum ErrorMembers {
    /// Names, squeezed, whose text describes an error.
    static let speaking: Set<String> = [
        "message", "msg", "messages", "error", "errors", "err", "errormessage", "errormessages", "errormsg",
        "errordescription",
        "errorsummary", "errordetail", "errordetails", "detail", "details", "title", "reason", "reasons", "description",
        "exception", "exceptionmessage", "exceptionname", "exceptiontype", "cause", "causes", "hint",
        "developermessage",
        "usermessage", "internalmessage", "localizedmessage", "statustext", "statusmessage", "faultstring", "faultcode",
        "info", "errorinfo", "text", "summary", "explanation", "failure", "problem", "trace", "stack",
        "stacktrace", "note",
        "code", "errorcode", "errcode", "errortype", "type", "name", "status", "nonfielderrors", "base", "innererror",
        "localized", "failurereason", "additionaldetails", "output", "result", "errorname", "debugmessage",
        "response", "longmessage", "information", "mensaje", "mensagem", "meldung", "messaggio",
        "shortmessage", "defaultmessage", "diagnostics", "kind", "tag", "issue", "publicmessage", "errorkey", "context",
    ]
    /// Names, squeezed, below which everything describes an error.
    static let holders: Set<String> = [
        "error", "errors", "detail", "details", "violations", "messages", "nonfielderrors", "fault", "faults", "causes",
        "failures", "exception", "problems", "issues", "errorcauses", "fielderrors", "validationerrors",
        "reasons", "errormessages",
        "errordetails", "invalidparams", "cancellationreasons", "message",
    ]
    /// Names, squeezed, whose content repeats the request or shows code.
    static let echoes: Set<String> = [
        "request", "requestbody", "input", "received", "rejectedvalue", "value", "invalidvalue", "example",
        "examples", "payload",
        "body", "sql", "query", "params", "parameters", "arguments", "documentationurl", "docurl", "docs",
        "moreinfo", "path", "url",
        "uri", "href", "links", "frames", "snippet", "source", "file", "line", "timestamp", "requestid",
        "traceid", "headers", "environment",
        "args", "attemptedvalue", "given", "actualvalue", "original", "bindings", "code_snippet",
        "codesnippet", "item", "charge", "paymentintent",
    ]
    /// Names, squeezed, whose values are codes.
    static let codes: Set<String> = [
        "code", "errorcode", "errcode", "error", "errortype", "type", "status", "reason", "name", "exception",
        "exceptionname",
        "scimtype", "tag", "errorkey", "messagekey", "errorname", "keyword", "rule", "validatorkey", "err",
        "exceptiontype",
        "errorid", "message", "title", "subcode", "issue", "category", "kind", "key", "typename", "errorno",
        "sqlstate", "faultcode", "classification", "messageid", "typekey", "precondition", "apierrorcode",
        "exceptioncode", "errorslug", "description", "detail", "errormessage",
    ]

    /// Whether a member's text may be searched for words.
    static func speaks(_ member: JSONMember, status: Int) -> Bool {
        guard member.isString, !member.value.isEmpty else { return false }
        guard !member.path.contains(where: { echoes.contains($0) }) || isLocalised(member) else { return false }
        if member.path.isEmpty || isLocalised(member) || speaking.contains(member.key) { return true }
        if member.path.dropLast().contains(where: { holders.contains($0) }) { return true }
        // Field errors without an envelope: {"email": ["user with this email already exists."]}
        return member.isElement && member.path.count == 1 && (status == 400 || status == 409 || status == 422)
    }

    /// Whether a member's value may be a code.
    static func isCode(_ member: JSONMember) -> Bool {
        guard member.isWhole, member.value.utf8.count <= 200, !member.value.isEmpty else { return false }
        guard !member.path.contains(where: { echoes.contains($0) && $0 != "value" }) else { return false }
        if codes.contains(member.key) || codes.contains(squeezedTag(member)) { return true }
        if member.key == "id" { return member.path == ["id"] || member.path == ["sys", "id"] }
        return member.isElement && holdersOfCodes.contains(member.key)
    }

    /// OData puts the text one level deeper: {"message": {"lang": "en-US", "value": "…"}}.
    private static func isLocalised(_ member: JSONMember) -> Bool {
        member.path.suffix(2) == ["message", "value"]
    }

    private static let holdersOfCodes: Set<String> = ["errors", "error", "codes", "errorcodes"]

    private static func squeezedTag(_ member: JSONMember) -> String {
        member.name == ".tag" ? "tag" : ""
    }
}
