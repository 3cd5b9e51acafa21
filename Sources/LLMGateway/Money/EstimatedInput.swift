import HTTPSemantics

/// How many tokens a request may have been, where the provider did not tell: four bytes of text each, and a picture's worth
/// for every long run of base64, whose length says little of what it costs.
enum EstimatedInput {
    /// Bytes from which on a text without blanks may be a file in base64.
    private static let longText = 1_024
    /// Tokens that a picture of usual size counts, by the vendors' rules.
    private static let picture = 1_600

    /// Tokens of a body in JSON; at least 1.
    static func tokens(of body: [UInt8]) -> Int {
        let bytes = body.span
        var position = 0
        var tokensOfFiles = 0
        var inFiles = 0
        while position < bytes.count {
            guard bytes[position] == 0x22 else {
                position += 1
                continue
            }
            let end = PlainRun.endOfString(bytes, from: position + 1).end
            if end - position > longText, isBase64(bytes, position + 1..<end) {
                // Never more than a token a byte, which is what the call reserved at least.
                tokensOfFiles += min(picture, end - position)
                inFiles += end - position
            }
            position = end + 1
        }
        return max(1, (bytes.count - inFiles) / 4 + tokensOfFiles)
    }

    /// Whether a text is base64, in either alphabet, perhaps behind `data:…;base64,`; escaped slashes count.
    private static func isBase64(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var start = range.lowerBound
        if bytes[start] == UInt8(ascii: "d"),
            let comma = (start..<min(start + 128, range.upperBound)).first(where: {
                bytes[$0] == 0x2C
            })
        {
            start = comma + 1
        }
        for index in start..<range.upperBound where !isLetter(bytes[index]) { return false }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2F, 0x3D, 0x5C, 0x5F: true
        default: false
        }
    }
}
