import LLMTranslation

extension ModelFailure {
    /// What a client is told of a request that cannot be read or said.
    init(of fault: MalformedRequest) {
        self.init(.invalidRequest, fault.message, field: fault.field.isEmpty ? nil : fault.field, code: fault.code)
    }
}
