/// Changes header fields of requests and answers on their way.
package struct HeaderPolicy: Sendable, Equatable {
    /// Changes to one direction.
    package struct Changes: Sendable, Equatable {
        /// Fields set, replacing any of that name; in the order written.
        package var set: [Field] = []
        /// Names of fields removed, in lower case.
        package var remove: [String] = []

        /// No changes.
        package init() {}
    }

    /// A name and a value.
    package struct Field: Sendable, Equatable {
        /// The name as written.
        package var name: String
        /// The value as written.
        package var value: String

        /// A field.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Changes to requests.
    package var request = Changes()
    /// Changes to answers.
    package var response = Changes()

    /// No changes.
    package init() {}
}
