package import HTTPSemantics

/// One vendor's wire format for conversations: reads and writes requests, answers, streams and errors.
///
/// Pure.  Readers take what the format's owner documents and what its servers are known to send; fields nobody knows
/// are passed over in answers and named as losses in requests. Writers write only what the format's owner documents.
package protocol Dialect: Sendable {
    /// Whose it is.
    static var vendor: Vendor { get }

    /// How its clients spell the fields of a request.
    static var spelling: FieldSpelling { get }

    /// Reads a request. `model` and `streams` are given where the dialect tells them by the path (Gemini), else `nil`.
    static func conversation(
        of body: JSONObject,
        model: String?,
        streams: Bool?,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> Conversation

    /// Writes a request for a model of this vendor; `conversation.model` is the vendor's own name for it.
    static func body(
        of conversation: Conversation,
        for profile: ProviderProfile,
        losses: inout [Loss]
    ) throws(MalformedRequest) -> JSONObject

    /// Reads a whole answer.
    static func completion(of body: JSONObject) throws(MalformedAnswer) -> Completion

    /// Reads the dialect's object of counts; `nil` for anything else.
    static func usage(of value: JSONValue?) -> Usage?

    /// Writes a whole answer.
    static func body(of completion: Completion, as face: AnswerFace) -> JSONObject

    /// Reads an answer in pieces.
    static func makeReader() -> any AnswerStreamReader

    /// Writes an answer in pieces.
    static func makeWriter(as face: AnswerFace) -> any AnswerStreamWriter

    /// Reads an answer that is an error; any bytes give a failure.
    static func failure(status: Int, body: [UInt8], headers: (String) -> String?) -> ModelFailure

    /// Writes an error as a whole answer: its status and body.
    static func answer(to failure: ModelFailure, requestID: String) -> ErrorAnswer
}
