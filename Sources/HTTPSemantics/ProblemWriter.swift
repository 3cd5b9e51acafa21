/// Writes problem documents straight into bytes, since refusals may come in storms.
struct ProblemWriter {
    /// What was written so far.
    private(set) var output: [UInt8] = []

    /// An empty document with room for `capacity` bytes.
    init(capacity: Int) { output.reserveCapacity(capacity) }

    /// Writes `problem` as one object.
    mutating func append(_ problem: ProblemDocument) {
        raw(#"{"type":"#)
        string(problem.type)
        raw(#","title":"#)
        string(problem.title)
        raw(#","status":"#)
        ASCII.appendDecimal(Int64(problem.status), to: &output)
        raw(#","detail":"#)
        string(problem.detail)
        raw(#","instance":"#)
        string(problem.instance.isEmpty ? nil : problem.instance)
        raw(#","kind":"#)
        string(problem.kind)
        raw(#","origin":"#)
        string(problem.origin.rawValue)
        raw(#","request_id":"#)
        JSONWriter.appendString(utf8: problem.requestIdentifier, to: &output)
        if let conflict = problem.conflict { append(conflict) }
        if let outcome = problem.outcome {
            raw(#","outcome":"#)
            string(outcome)
        }
        append(problem.upstream)
        for member in problem.extensions.members {
            raw(",")
            string(member.name)
            raw(":")
            JSONWriter.append(member.value, to: &output)
        }
        raw("}")
    }

    private mutating func append(_ conflict: ProblemConflict) {
        raw(#","resource":"#)
        string(conflict.resource)
        raw(#","your_version":"#)
        string(conflict.yourVersion)
        raw(#","current_version":"#)
        string(conflict.currentVersion)
        raw(conflict.isRetryable ? #","retryable":true"# : #","retryable":false"#)
        raw(#","retry_after_ms":"#)
        if let wait = conflict.retryAfterMilliseconds {
            ASCII.appendDecimal(wait, to: &output)
        } else {
            raw("null")
        }
        raw(#","changed":"#)
        array(conflict.changed) { $0.append($1) }
        raw(#","overlap":"#)
        array(conflict.overlap) { $0.string($1) }
        raw(#","resolutions":"#)
        array(conflict.resolutions) { $0.append($1) }
    }

    private mutating func append(_ change: ProblemConflict.Change) {
        raw(#"{"pointer":"#)
        string(change.pointer)
        raw(#","by":"#)
        string(change.by)
        raw(#","at":"#)
        string(change.at.map(RFC3339.text(milliseconds:)))
        raw(#","request_id":"#)
        string(change.requestIdentifier)
        raw("}")
    }

    private mutating func append(_ resolution: ProblemConflict.Resolution) {
        raw(#"{"rel":"#)
        string(resolution.rel)
        raw(#","method":"#)
        string(resolution.method)
        raw(#","href":"#)
        string(resolution.href)
        raw(#","headers":{"#)
        for (index, field) in resolution.headers.enumerated() {
            if index > 0 { raw(",") }
            string(field.name)
            raw(":")
            string(field.value)
        }
        raw("}}")
    }

    private mutating func append(_ upstream: ProblemDocument.UpstreamBody?) {
        switch upstream {
        case nil:
            return
        case .json(let bytes):
            raw(#","upstream":"#)
            output += bytes
        case .text(let bytes):
            raw(#","upstream":"#)
            JSONWriter.appendString(utf8: bytes, to: &output)
        }
    }

    private mutating func array<Element>(_ elements: [Element], _ body: (inout Self, Element) -> Void) {
        raw("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { raw(",") }
            body(&self, element)
        }
        raw("]")
    }

    private mutating func string(_ text: String?) {
        if let text { JSONWriter.appendString(text, to: &output) } else { raw("null") }
    }

    private mutating func raw(_ text: String) { output.append(contentsOf: text.utf8) }
}
