/// A piece of what an answer says about its error.
struct ErrorPiece: Sendable, Equatable {
    /// Name of the member or element that holds it, as written; empty for plain text.
    var name: String
    /// The text.
    var text: String
    /// Whether the name belongs to the message, as in `{"email": ["already exists"]}`.
    var nameSpeaks: Bool
    /// How well the piece serves as the message to quote; lower is better.
    var rank: Int

    /// The text to search.
    var searchable: String {
        nameSpeaks ? "\(name) \(text)" : text
    }
}
