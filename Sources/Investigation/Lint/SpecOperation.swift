/// One operation of an API description, with what matters for conflicts.
struct SpecOperation: Sendable {
    /// A response with its status.
    struct Response: Sendable {
        /// The status as written: `200`, `2XX`, `default`.
        let status: String
        /// Where it stands.
        let place: TextPlace
        /// The response, references followed.
        let node: SpecNode

        /// Whether it says that something was done.
        var isSuccess: Bool { status.hasPrefix("2") }
    }

    /// The method in upper case.
    let method: String
    /// The path template.
    let path: String
    /// Where its method stands.
    let place: TextPlace
    /// The responses.
    let responses: [Response]
    /// Names of header parameters in lower case without hyphens.
    let headers: Set<String>
    /// Media types of the request's body.
    let mediaTypes: [String]
    private let references: SpecReferences

    /// Reads the operation that a member of the path item `item` is.
    init(_ member: SpecNode.Member, of item: SpecNode, path: String, _ references: SpecReferences) {
        method = member.name.uppercased()
        self.path = path
        place = member.place
        self.references = references
        let own = member.value["parameters"]?.items ?? []
        headers = Set((own + (item["parameters"]?.items ?? [])).compactMap { Self.header($0, references) })
        responses = (member.value["responses"]?.members ?? []).map { response in
            Response(status: response.name, place: response.place, node: references.resolve(response.value))
        }
        let body = member.value["requestBody"].map(references.resolve)
        mediaTypes = (body?["content"]?.members ?? []).map { $0.name.lowercased() }
    }

    /// The operation in words.
    var name: String { "\(method) \(path)" }

    /// Whether it lets the client name a version, or none.
    var takesCondition: Bool {
        !headers.isDisjoint(with: ["ifmatch", "ifunmodifiedsince", "ifnonematch", "if"])
    }

    /// Whether it lets the client name the request itself.
    var takesIdempotencyKey: Bool {
        headers.contains { $0.contains("idempotencykey") || $0 == "repeatabilityrequestid" || $0 == "xrequestkey" }
    }

    /// Whether one of these statuses is documented, by itself or by its class.
    func answers(_ statuses: String...) -> Bool { responses.contains { statuses.contains($0.status) } }

    /// A header of a response, in whatever case its name is written.
    func header(_ name: String, of response: Response) -> SpecNode? {
        let member = response.node["headers"]?.members.first { $0.name.lowercased() == name }
        return member.map { references.resolve($0.value) }
    }

    private static func header(_ parameter: SpecNode, _ references: SpecReferences) -> String? {
        let resolved = references.resolve(parameter)
        if resolved["$ref"] != nil { return SpecReferences.name(resolved) }
        guard resolved["in"]?.text == "header", let name = resolved["name"]?.text else { return nil }
        return String(name.lowercased().filter { $0 != "-" })
    }
}
