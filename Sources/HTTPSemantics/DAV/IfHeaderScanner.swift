/// Reads one `If` field from front to back.
struct IfHeaderScanner {
    private let field: [UInt8]
    private var position = 0
    private var conditions = 0

    /// Stands before `field`.
    init(_ field: [UInt8]) { self.field = field }

    /// Reads the whole field.
    mutating func productions() throws(IfHeaderFault) -> [IfHeader.Production] {
        skipBlanks()
        guard let first = byte else { throw fault(.empty) }
        guard first == ASCII.less else {
            let lists = try lists()
            guard byte == nil else { throw fault(byte == ASCII.less ? .mixedLists : .unexpectedByte) }
            return [IfHeader.Production(resource: nil, lists: lists)]
        }
        var productions: [IfHeader.Production] = []
        while byte == ASCII.less {
            let start = position
            let resource = try url(CodedURL.isReference)
            skipBlanks()
            guard byte != nil, byte != ASCII.less else { throw IfHeaderFault(.tagWithoutList, at: start) }
            productions.append(IfHeader.Production(resource: resource, lists: try lists()))
        }
        guard byte == nil else { throw fault(.unexpectedByte) }
        return productions
    }

    private var byte: UInt8? { position < field.count ? field[position] : nil }

    private mutating func skipBlanks() {
        while position < field.count, ASCII.isBlank(field[position]) { position += 1 }
    }

    private func fault(_ reason: IfHeaderFault.Reason) -> IfHeaderFault { IfHeaderFault(reason, at: position) }

    private mutating func url(_ isOfItsSort: ([UInt8]) -> Bool) throws(IfHeaderFault) -> [UInt8] {
        let start = position
        guard let url = CodedURL.scan(field, at: &position), isOfItsSort(url) else {
            throw IfHeaderFault(.malformedURI, at: start)
        }
        return url
    }

    private mutating func lists() throws(IfHeaderFault) -> [[IfCondition]] {
        guard byte == ASCII.openingParenthesis else { throw fault(.unexpectedByte) }
        var lists: [[IfCondition]] = []
        while byte == ASCII.openingParenthesis {
            lists.append(try list())
            skipBlanks()
        }
        return lists
    }

    private mutating func list() throws(IfHeaderFault) -> [IfCondition] {
        position += 1
        var list: [IfCondition] = []
        while true {
            skipBlanks()
            guard byte != ASCII.closingParenthesis else { break }
            guard conditions < IfHeader.mostConditions else { throw fault(.tooManyConditions) }
            list.append(try condition())
            conditions += 1
        }
        guard !list.isEmpty else { throw fault(.emptyList) }
        position += 1
        return list
    }

    private mutating func condition() throws(IfHeaderFault) -> IfCondition {
        let isNegated = ASCII.equalsIgnoringCase(field[position...].prefix(3), "not")
        if isNegated {
            position += 3
            skipBlanks()
        }
        switch byte {
        case ASCII.less:
            let start = position
            guard let token = StateToken(uri: try url(CodedURL.isAbsolute)) else {
                throw IfHeaderFault(.malformedURI, at: start)
            }
            return IfCondition(isNegated: isNegated, .token(token))
        case ASCII.openingBracket:
            return IfCondition(isNegated: isNegated, .tag(try tag()))
        case nil:
            throw fault(.endsEarly)
        default:
            throw fault(.unexpectedByte)
        }
    }

    private mutating func tag() throws(IfHeaderFault) -> EntityTag {
        let start = position
        position += 1
        guard let tag = EntityTag.scan(field, at: &position), byte == ASCII.closingBracket else {
            throw IfHeaderFault(.malformedTag, at: start)
        }
        position += 1
        return tag
    }
}
