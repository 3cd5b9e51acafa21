package import HTTPSemantics

extension VersionDialect {
    /// A request as far as a condition can be put into it.
    package struct Request: Sendable {
        /// The method.
        package var method: String
        /// The query without its `?`.
        package var query: [UInt8]
        /// `Content-Type`, empty if absent.
        package var mediaType: [UInt8]
        /// The body.
        package var body: [UInt8]

        /// A request.
        package init(method: String, query: [UInt8], mediaType: [UInt8], body: [UInt8]) {
            self.method = method
            self.query = query
            self.mediaType = mediaType
            self.body = body
        }
    }

    /// Puts «only if the version is `tag`» into a request.
    package func demanding(_ tag: EntityTag, of request: Request) -> TranslatedRequest {
        guard let version = VersionText(tag) else { return .namesNoVersion }
        switch self {
        case .couchDB: return couchDB(version, request)
        case .elasticsearch: return elasticsearch(tag, request)
        case .kubernetes: return kubernetes(version, request)
        case .anywhere(_, .query(let name)): return query(name, version.bytes, request)
        case .anywhere(_, .header(let name)): return header(name, version.bytes)
        case .anywhere(_, .body(let pointer)):
            return Self.put(version.value, at: pointer.tokens[...], into: request.body)
        }
    }

    /// Puts «only if nothing is there» into a request.
    package func demandingAbsence(of request: Request) -> TranslatedRequest {
        switch self {
        case .couchDB:
            let names = QueryString.value(of: Array("rev".utf8), in: request.query) != nil
            let value = try? JSONParser.parse(request.body)
            guard !names, value?["_rev"] == nil else {
                return .malformed("The request names a revision, and is to create something that is not there.")
            }
            return .carries(TranslatedRequest.Addition())
        case .elasticsearch: return query("op_type", Array("create".utf8), request)
        // A collection of the API refuses a name that is taken by itself.
        case .kubernetes where request.method == "POST": return .carries(TranslatedRequest.Addition())
        case .kubernetes, .anywhere: return .cannotSay("that nothing may be there yet")
        }
    }

    private func couchDB(_ version: VersionText, _ request: Request) -> TranslatedRequest {
        let parts = version.bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
            parts[0].allSatisfy({ (0x30...0x39).contains($0) })
        else { return .namesNoVersion }
        let written = (try? JSONParser.parse(request.body))?["_rev"]?.string
        if let written, Array(written.utf8) != version.bytes {
            return .malformed("If-Match names one revision and the document's _rev another.")
        }
        var addition = TranslatedRequest.Addition()
        addition.field = ("If-Match", [0x22] + version.bytes + [0x22])
        return .carries(addition)
    }

    private func elasticsearch(_ tag: EntityTag, _ request: Request) -> TranslatedRequest {
        let parts = tag.opaque.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let areNumbers = parts.allSatisfy {
            !$0.isEmpty && $0.count < 19 && $0.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard parts.count == 2, areNumbers else { return .namesNoVersion }
        for name in ["if_seq_no", "if_primary_term"] {
            guard QueryString.value(of: Array(name.utf8), in: request.query) == nil else {
                return .malformed("If-Match and the query's \(name) both name a version.")
            }
        }
        var addition = TranslatedRequest.Addition()
        addition.query = Array("if_seq_no=".utf8) + parts[0] + Array("&if_primary_term=".utf8) + parts[1]
        return .carries(addition)
    }

    private func query(_ name: String, _ value: [UInt8], _ request: Request) -> TranslatedRequest {
        let key = PercentEncoding.queryComponent(Array(name.utf8))
        guard QueryString.value(of: key, in: request.query) == nil else {
            return .malformed("If-Match and the query's \(name) both name a version.")
        }
        var addition = TranslatedRequest.Addition()
        addition.query = key + [UInt8(ascii: "=")] + PercentEncoding.queryComponent(value)
        return .carries(addition)
    }

    private func header(_ name: String, _ value: [UInt8]) -> TranslatedRequest {
        // What cannot stand in a field cannot have come from one either; blanks at the ends would be lost.
        let isCarried = value.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
        guard isCarried, value.first != 0x20, value.last != 0x20, value.first != 0x09, value.last != 0x09 else {
            return .namesNoVersion
        }
        var addition = TranslatedRequest.Addition()
        addition.field = (name, value)
        return .carries(addition)
    }

    // MARK: Kubernetes

    private static let versionPlace = ["metadata", "resourceVersion"]

    private func kubernetes(_ version: VersionText, _ request: Request) -> TranslatedRequest {
        switch (request.method, MediaType(field: request.mediaType)?.essence) {
        case ("DELETE", _): return deletion(version, request)
        case ("PATCH", "application/json-patch+json"): return jsonPatch(version, request)
        case ("PATCH", "application/apply-patch+yaml"), (_, "application/yaml"):
            return .cannotSay("which version it is for in a YAML document")
        default: return Self.put(.string(version.text), at: Self.versionPlace[...], into: request.body)
        }
    }

    private func deletion(_ version: VersionText, _ request: Request) -> TranslatedRequest {
        let empty: JSONValue = ["kind": "DeleteOptions", "apiVersion": "v1"]
        let body = request.body.isEmpty ? JSONWriter.bytes(empty) : request.body
        let placed = Self.put(.string(version.text), at: ["preconditions", "resourceVersion"], into: body)
        guard case .carries(var addition) = placed else { return placed }
        addition.mediaType = "application/json"
        return .carries(addition)
    }

    /// The version becomes part of what the patch makes, which the API then compares.
    private func jsonPatch(_ version: VersionText, _ request: Request) -> TranslatedRequest {
        guard case .array(let operations)? = try? JSONParser.parse(request.body) else {
            return .malformed("The patch is not a JSON array of operations.")
        }
        let add: JSONValue = ["op": "add", "path": "/metadata/resourceVersion", "value": .string(version.text)]
        var addition = TranslatedRequest.Addition()
        addition.body = JSONWriter.bytes(.array([add] + operations))
        return .carries(addition)
    }

    // MARK: Documents

    /// Sets a place in a document; objects on the way are made.
    private static func put(_ value: JSONValue, at path: ArraySlice<String>, into body: [UInt8]) -> TranslatedRequest {
        guard let document = try? JSONParser.parse(body), !document.repeatsNames,
            let changed = setting(value, at: path, in: document)
        else {
            return .malformed(
                "The version can only be sent within a JSON document at /\(path.joined(separator: "/")), and the body is "
                    + "none that has room for it."
            )
        }
        var addition = TranslatedRequest.Addition()
        addition.body = JSONWriter.bytes(changed)
        return .carries(addition)
    }

    private static func setting(_ value: JSONValue, at path: ArraySlice<String>, in document: JSONValue) -> JSONValue? {
        guard let name = path.first else { return value }
        guard case .object(var object) = document else { return nil }
        guard let below = setting(value, at: path.dropFirst(), in: object[name] ?? .object(JSONObject())) else {
            return nil
        }
        object.set(name, to: below)
        return .object(object)
    }
}

extension VersionText {
    /// The version as text, also where it is a number.
    fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}
