/// Parameters of a structured item or list, in order, each key once (RFC 9651, section 3.1.2).
package struct StructuredParameters: Sendable, Equatable {
    /// One parameter.
    package struct Parameter: Sendable, Equatable {
        /// The key: lower-case letters, digits and `_-.*`.
        package let key: String
        /// The value; `true` where none was written.
        package internal(set) var value: StructuredValue
    }

    /// The parameters.
    package private(set) var all: [Parameter] = []

    /// No parameters.
    package init() {}

    /// Parameters in this order.
    package init(_ pairs: KeyValuePairs<String, StructuredValue>) {
        for (key, value) in pairs { set(key, to: value) }
    }

    /// The value of `key`.
    package subscript(key: String) -> StructuredValue? {
        all.first { $0.key == key }?.value
    }

    /// Gives `key` a value, in its old place if it has one.
    package mutating func set(_ key: String, to value: StructuredValue) {
        if let index = all.firstIndex(where: { $0.key == key }) {
            all[index].value = value
        } else {
            all.append(Parameter(key: key, value: value))
        }
    }
}
