/// One field line of a message.
package struct HTTPField: Sendable, Equatable {
    /// The name as it was sent.
    package var name: String
    /// The value without white space around it.
    package var value: String

    /// A field.
    package init(_ name: String, _ value: String) {
        (self.name, self.value) = (name, value)
    }
}

extension [HTTPField] {
    /// The first value of a field, whatever the case of its name.
    package func first(named name: String) -> String? {
        first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// All values of a field, whatever the case of its name.
    package func all(named name: String) -> [String] {
        filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}
