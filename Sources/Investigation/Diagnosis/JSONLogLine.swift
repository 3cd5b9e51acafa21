import HTTPSemantics

/// Reads a line of an access log in JSON, by the names that servers and proxies commonly give their values.
enum JSONLogLine {
    /// Names of one value, by preference.
    private enum Names {
        static let method = ["method", "request_method", "verb", "http_method", "requestMethod"]
        static let target = ["path", "uri", "request_uri", "url", "target_path", "requestUrl", "request_path"]
        static let status = ["status", "status_code", "response_code", "statusCode", "code"]
        static let time = ["time", "timestamp", "@timestamp", "time_iso8601", "ts", "start_time"]
        static let client = ["client", "remote_addr", "client_ip", "remote_ip", "clientIp", "ip", "remoteIp"]
        static let user = ["consumer", "user", "remote_user", "user_id"]
        static let parts = ["request", "http", "httpRequest", "req"]
        static let host = ["host", "http_host"]
    }

    /// The exchange of a line, or `nil`.
    static func read(_ line: [UInt8], _ place: DiagnosisPlace) -> DiagnosedExchange? {
        guard let value = try? JSONParser.parse(line), value.object != nil else { return nil }
        let places = [value] + Names.parts.compactMap { value[$0] }.filter { $0.object != nil }
        guard let status = number(Names.status, in: places + [value["response"], value["res"]].compactMap(\.self)),
            (0...999).contains(status), let request = request(places)
        else { return nil }
        var exchange = DiagnosedExchange(
            place: place,
            method: request.method.uppercased(),
            target: request.target,
            status: status == 0 ? nil : status
        )
        let names = [text(Names.client, in: places), text(Names.user, in: places)].compactMap(\.self)
        exchange.client = names.isEmpty ? nil : names.joined(separator: " ")
        exchange.time = Names.time.lazy.compactMap { name in places.lazy.compactMap { $0[name] }.first }.first.flatMap(
            time
        )
        exchange.requestFields = requestFields(places)
        exchange.answerFields = answerFields(value)
        return exchange
    }

    private static func request(_ places: [JSONValue]) -> (method: String, target: String)? {
        if let method = text(Names.method, in: places), let target = text(Names.target, in: places) {
            return (method, target)
        }
        // A request line, as nginx writes it.
        let words = (text(["request", "request_line"], in: places) ?? "").split(separator: " ")
        return words.count >= 2 ? (String(words[0]), String(words[1])) : nil
    }

    private static func text(_ names: [String], in places: [JSONValue]) -> String? {
        for name in names {
            for place in places { if let text = place[name]?.string, !text.isEmpty { return text } }
        }
        return nil
    }

    private static func number(_ names: [String], in places: [JSONValue]) -> Int? {
        for name in names {
            for place in places {
                if let number = place[name]?.integer { return number }
                if let number = place[name]?.string.flatMap({ Int($0) }) { return number }
            }
        }
        return nil
    }

    /// A timestamp, or seconds or milliseconds since 1970.
    private static func time(_ value: JSONValue) -> Int64? {
        if let text = value.string { return RFC3339.milliseconds(parsing: text) }
        guard case .number(let number) = value, number.double.isFinite, abs(number.double) < 1e14 else { return nil }
        return number.double < 1e11 ? Int64(number.double * 1000) : Int64(number.double)
    }

    /// Fields of the request; `nil` where the log shows neither them nor any condition.
    private static func requestFields(_ places: [JSONValue]) -> [(name: String, value: String)]? {
        if let fields = places.lazy.compactMap({ $0["headers"] }).first.map(fields) { return fields }
        let known = ["if_match", "if_none_match", "if_unmodified_since", "idempotency_key"]
        let shown = known.filter { name in places.contains { $0[name] != nil || $0["http_" + name] != nil } }
        guard !shown.isEmpty else { return nil }
        return shown.compactMap { name in
            let value = text([name, "http_" + name], in: places)
            guard let value, value != "-" else { return nil }
            return (String(name.map { $0 == "_" ? "-" : $0 }), value)
        }
    }

    private static func answerFields(_ value: JSONValue) -> [(name: String, value: String)] {
        if let all = value["resp_headers"] ?? value["response_headers"] ?? value["response"]?["headers"] {
            return fields(all)
        }
        return ["etag", "retry_after"].compactMap { name in
            text([name, "sent_http_" + name], in: [value]).map { (String(name.map { $0 == "_" ? "-" : $0 }), $0) }
        }
    }

    /// Fields of an object whose values are texts or lists of texts.
    private static func fields(_ value: JSONValue) -> [(name: String, value: String)] {
        (value.object?.members ?? []).compactMap { member in
            let text = member.value.string ?? member.value[0]?.string
            return text.map { (member.name.lowercased(), $0) }
        }
    }
}
