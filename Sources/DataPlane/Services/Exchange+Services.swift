import HTTPSemantics
import HTTPWire
import NIOCore

extension Exchange {
    /// Hands the request to the service that answers on its route.
    func serve(_ handler: any ServiceHandler) {
        let call = ServiceCall(self)
        versioning = call
        handler.begin(call)
    }

    /// Whether a client that sends no more counts as gone: what a service does for it may cost money by the second.
    var endsWithItsClient: Bool { plan?.handler != nil }

    /// The first value of a field, named in lower case.
    func fieldValue(_ name: String) -> String? { connection.head.fieldValue(name) }

    /// A refusal of the gateway's as the service of a route sees it.
    func refusal(_ reply: LocalReply, on route: String? = nil) -> ServiceRefusal {
        let connection = connection
        var fields: [String: String] = [:]
        for name in ServiceRefusal.namesOfClients { fields[name] = connection.head.fieldValue(name) }
        let known = fields
        return ServiceRefusal(
            status: reply.status,
            kind: reply.problem?.kind ?? "",
            detail: reply.problem?.detail ?? "",
            route: route ?? plan?.route ?? "",
            method: connection.head.text(connection.head.method),
            path: pathText,
            requestID: requestID.text,
            field: { known[$0] }
        )
    }

    /// A refusal in the words of the service that the route belongs to, where it belongs to one.
    func inWordsOfService(_ reply: LocalReply) -> LocalReply {
        guard let plan else { return reply }
        return inWords(of: plan, reply)
    }

    /// A refusal in the words of the service that a route belongs to, where it belongs to one.
    func inWords(of plan: RoutePlan, _ reply: LocalReply) -> LocalReply {
        guard let handler = plan.handler, reply.problem != nil else { return reply }
        guard let answer = handler.restated(refusal(reply, on: plan.route)) else { return reply }
        return LocalReply(status: answer.status, lines: reply.lines + answer.lines, body: answer.body)
    }

    /// Writes the head of an answer that comes in pieces of unknown number.
    func beginPiecemealAnswer(_ status: Int, lines: [UInt8]) {
        hasBegunAnswer = true
        self.status = status
        acceptsBody = false
        keepsAlive = keepsAlive && connection.dropBufferedBody() && !loop.isDraining
        isAnswerChunked = connection.head.minorVersion == 1
        if !isAnswerChunked { keepsAlive = false }
        connection.withOutbox { buffer in
            StatusLine.write(status, to: &buffer)
            if !isDateReplaced { writeDate(to: &buffer) }
            if isAnswerChunked { buffer.writeStaticString("Transfer-Encoding: chunked\r\n") }
            buffer.writeBytes(linesLeft(of: lines))
            writeCommonLines(isPreflight: false, saysType: true, to: &buffer)
            buffer.writeStaticString("\r\n")
        }
    }
}

extension ServiceRefusal {
    /// Fields by which a service tells its clients apart.
    fileprivate static let namesOfClients = ["user-agent", "anthropic-version", "x-goog-api-key", "x-goog-api-client"]
}
