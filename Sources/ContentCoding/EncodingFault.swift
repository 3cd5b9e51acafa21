/// Why a body cannot be coded, or not any further.
package enum EncodingFault: Error, Sendable, Equatable {
    /// Bodies can be decoded from this coding, but are never put into it.
    case notOffered(ContentCoding)
    /// There is no memory for another encoder; send the body uncoded.
    case noMemory(ContentCoding)
    /// The encoder was used after its end; make a new one for each body.
    case alreadyFinished(ContentCoding)
    /// The library refused to go on; what it gave out so far is not a whole body, so cut the answer off.
    case failed(ContentCoding)
}
