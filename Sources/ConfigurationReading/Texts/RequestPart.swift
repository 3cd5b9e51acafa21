import Catalog

/// A part of a request, written as a word or as a word with a name: `address`, `header X-Tenant`.
struct RequestPart {
    /// The word.
    let word: String
    /// The name behind it, where the word takes one.
    let name: String?

    /// Reads one of `words`, or one of `prefixes` with a name.
    init(parsing text: String, words: [String], prefixes: [String]) throws(TextFault) {
        let parts = text.split(separator: " ")
        let possible = words + prefixes.map { "\($0) NAME" }
        let list = "possible: " + possible.joined(separator: ", ")
        guard let first = parts.first.map(String.init), parts.count <= 2 else {
            throw TextFault("is not understood", remedy: list)
        }
        if parts.count == 1, words.contains(first) {
            word = first
            name = nil
            return
        }
        guard prefixes.contains(first) else {
            let near = NearestName.to(first, among: words + prefixes)
            throw TextFault("is not understood", remedy: near.map { "did you mean '\($0)'?" } ?? list)
        }
        guard parts.count == 2, FieldName.isToken(parts[1]) else {
            throw TextFault("names no \(first)", remedy: "write '\(first) NAME'")
        }
        word = first
        name = String(parts[1])
    }
}
