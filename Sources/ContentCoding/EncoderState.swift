/// How far an encoder has come with its one body.
enum EncoderState {
    /// Nothing was taken since the beginning or the last flush.
    case idle
    /// Bytes were taken that may not have come out.
    case holding
    /// The end has come out.
    case finished
    /// The library refused; nothing more will come out.
    case failed

    /// Fails unless more can be taken.
    func requireOpen(_ coding: ContentCoding) throws(EncodingFault) {
        switch self {
        case .idle, .holding: return
        case .finished: throw .alreadyFinished(coding)
        case .failed: throw .failed(coding)
        }
    }
}
