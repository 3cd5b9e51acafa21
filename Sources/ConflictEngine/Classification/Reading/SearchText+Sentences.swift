extension SearchText {
    /// Most sentences that are told apart; what follows them is not looked at.
    static let sentenceLimit = 40

    /// The text cut at line ends, semicolons, and full stops before white space.
    var sentences: [SearchText] {
        var found: [SearchText] = []
        var start = 0
        for index in bytes.indices where found.count < Self.sentenceLimit && endsSentence(at: index) {
            append(start..<index, to: &found)
            start = index + 1
        }
        if found.count < Self.sentenceLimit { append(start..<bytes.count, to: &found) }
        return found
    }

    /// Whether the byte ends a sentence.
    func endsSentence(at index: Int) -> Bool {
        let byte = bytes[index]
        if byte == 0x0A || byte == UInt8(ascii: ";") { return true }
        return byte == UInt8(ascii: ".") && (index + 1 >= bytes.count || ASCIIText.isSpace(bytes[index + 1]))
    }

    private func append(_ range: Range<Int>, to found: inout [SearchText]) {
        let sentence = ASCIIText.trimmed(bytes[range])
        if !sentence.isEmpty { found.append(SearchText(sentence)) }
    }
}
