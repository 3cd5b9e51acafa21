/// Takes a list of objects apart that comes piecewise, or objects one behind the other.
struct JSONElementReader {
    /// Whether an object was longer than an event of a stream may be; nothing more is read then.
    private(set) var isTooLong = false
    private var element: [UInt8] = []
    private var nesting = JSONNesting()

    /// Takes more bytes; `take` gets each object that is complete, and what stands between is passed over.
    mutating func feed(_ bytes: ArraySlice<UInt8>, _ take: ([UInt8]) -> Void) {
        guard !isTooLong else { return }
        var start = bytes.startIndex
        for index in bytes.indices {
            let byte = bytes[index]
            if nesting.depth == 0 {
                guard byte == 0x7B else { continue }
                _ = nesting.take(byte)
                start = index
            } else if nesting.take(byte), nesting.depth == 0 {
                element += bytes[start...index]
                take(element)
                element.removeAll(keepingCapacity: true)
            }
        }
        if nesting.depth > 0 { element += bytes[start...] }
        guard element.count > EventStreamReader.longest else { return }
        isTooLong = true
        element = []
    }
}
