import HTTPSemantics

/// What an answer to a race's request means.
enum RaceReading {
    /// A read with its document.
    struct Sight: Sendable {
        /// What was read, for the history.
        var operation: RaceOperation
        /// The document, if there is one that can be changed.
        var document: JSONValue?
        /// Why the race cannot go on; `nil` if it can.
        var fault: RaceFault?
    }

    /// Judges the answer to a read.
    static func read(_ reply: RaceReply, _ operation: RaceOperation, of plan: RacePlan) -> Sight {
        var sight = Sight(operation: operation)
        switch reply {
        case .notSent(let reason):
            sight.operation.outcome = .notSent
            sight.fault = .cannotTell(
                "the server cannot be reached: \(PlainText.line(reason))",
                remedy: "see that the URL is right and that the server runs there"
            )
        case .noAnswer:
            sight.operation.outcome = .unknown
        case .answer(let status, let fields, let body):
            sight.operation.status = status
            sight.operation.outcome = outcome(of: status)
            guard sight.operation.outcome == .done || sight.operation.outcome == .failed else { return sight }
            sight.operation.tag = fields.first(named: "etag")
            if status == 200 {
                examine(body, &sight, plan)
            } else {
                sight.operation.outcome = .failed
                sight.fault = fault(status, fields, of: "GET")
            }
        }
        return sight
    }

    /// Notes what came of a write; a fault says that no write can succeed.
    static func write(_ reply: RaceReply, _ operation: inout RaceOperation) -> RaceFault? {
        switch reply {
        case .notSent: operation.outcome = .notSent
        case .noAnswer: operation.outcome = .unknown
        case .answer(let status, let fields, let body):
            operation.status = status
            operation.tag = fields.first(named: "etag")
            operation.outcome = outcome(of: status)
            if operation.outcome == .failed { return fault(status, fields, of: operation.method, body) }
        }
        return nil
    }

    /// How long the server wants to be left alone, in seconds; `nil` if it does not say.
    static func pause(_ reply: RaceReply) -> Int? {
        guard case .answer(let status, let fields, _) = reply, status >= 400 else { return nil }
        return fields.first(named: "retry-after").flatMap { Int($0) }.map { max(0, $0) }
    }

    private static func outcome(of status: Int) -> RaceOperation.Outcome {
        switch status {
        case 202: .unknown
        case 200...299: .done
        case 409, 412, 423, 428: .refused
        case 429, 503: .turnedAway
        case 500...599, 408: .unknown
        default: .failed
        }
    }

    private static func examine(_ body: [UInt8], _ sight: inout Sight, _ plan: RacePlan) {
        let field = plan.settings.field
        guard let document = try? JSONParser.parse(body) else {
            sight.operation.outcome = .failed
            sight.fault = .cannotTell("the resource is not JSON", remedy: "race on a resource that is")
            return
        }
        sight.document = document
        sight.operation.field = FieldSight(document, at: plan.pointer, form: plan.settings.form)
        guard sight.operation.field == nil else { return }
        sight.operation.outcome = .failed
        let names = (document.object?.members ?? []).prefix(12).map { "/" + PlainText.line($0.name, limit: 30) }
        let known = names.isEmpty ? "" : "; the resource has \(names.joined(separator: ", "))"
        sight.fault =
            plan.pointer.lookup(in: document) == nil
            ? .cannotTell("there is no field \(field)\(known)", remedy: "name one that is there with --field")
            : .cannotTell(
                "the field \(field) is nothing that --value \(plan.settings.form.rawValue) can change",
                remedy: "name a whole number, a text or a list with --field"
            )
    }

    private static func fault(
        _ status: Int,
        _ fields: [RaceField],
        of method: String,
        _ body: [UInt8] = []
    ) -> RaceFault {
        let excerpt = PlainText.line(String(decoding: body.prefix(400), as: UTF8.self))
        let words = "\(method) was answered with \(status)" + (excerpt.isEmpty ? "" : ": \(excerpt)")
        let remedy =
            switch status {
            case 300...399:
                "redirects are not followed; race on \(PlainText.line(fields.first(named: "location") ?? "the target"))"
            case 401, 403: "send credentials with --header 'Authorization: …'"
            case 404, 410: "see that the resource exists, or create one with --create"
            case 405, 501: "choose another --method"
            case 415: "send another type with --header 'Content-Type: …'"
            case 400, 422: "see which body and fields the API wants; --method and --header change them"
            default: "see with curl what the API wants"
            }
        return .cannotTell(words, remedy: remedy)
    }
}
