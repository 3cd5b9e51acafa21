import HTTPSemantics

/// What holds for structured fields.
enum StructuredFieldPromises {
    /// Reads `input` as each sort of field, writes it, and reads that; its lines are those of a repeated field.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let lines = input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        if let item = try? StructuredField.item(lines) {
            guard let written = try? StructuredWriter.bytes(item) else {
                throw Disagreement("an item cannot be written")
            }
            let again = try? StructuredField.item([written])
            try Disagreement.unless(again == item, "an item does not read as it was written")
        }
        if let list = try? StructuredField.list(lines) {
            guard let written = try? StructuredWriter.bytes(list) else {
                throw Disagreement("a list cannot be written")
            }
            let again = try? StructuredField.list([written])
            try Disagreement.unless(again == list, "a list does not read as it was written")
        }
        if let dictionary = try? StructuredField.dictionary(lines) {
            guard let written = try? StructuredWriter.bytes(dictionary) else {
                throw Disagreement("a dictionary cannot be written")
            }
            let again = try? StructuredField.dictionary([written])
            try Disagreement.unless(again == dictionary, "a dictionary does not read as it was written")
        }
    }
}
