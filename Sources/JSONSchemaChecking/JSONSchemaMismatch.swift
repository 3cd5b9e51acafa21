/// What of a value does not fit its schema.
package struct JSONSchemaMismatch: Sendable, Equatable {
    /// Where in the value: a JSON pointer such as `/lines/0/price`, empty for the whole value.
    package let place: String
    /// The keyword of the schema that the value breaks; empty where none is to blame.
    package let keyword: String
    /// What the value at that place must be, as the rest of a sentence that begins with the place.
    package let message: String

    /// All of it in one sentence, without a full stop.
    package var summary: String { (place.isEmpty ? "the value" : place) + " " + message }
}
