import HTTPSemantics

/// The items of one array, each found by its key.
struct KeyedItems {
    /// The keys in the order of the items.
    let keys: [ScalarKey]
    private let elements: [JSONValue]
    private let positions: [ScalarKey: Int]

    /// No items.
    static let none = Self(keys: [], elements: [], positions: [:])

    private init(keys: [ScalarKey], elements: [JSONValue], positions: [ScalarKey: Int]) {
        self.keys = keys
        self.elements = elements
        self.positions = positions
    }

    /// Reads the keys of `elements` from their member `field`.
    init(_ elements: [JSONValue], field: String) throws(MergeConflict.KeyDefect) {
        var keys: [ScalarKey] = []
        var positions: [ScalarKey: Int] = [:]
        for (index, element) in elements.enumerated() {
            let key = try Self.key(of: element, field: field)
            guard positions.updateValue(index, forKey: key) == nil else { throw .keyRepeats }
            keys.append(key)
        }
        self.init(keys: keys, elements: elements, positions: positions)
    }

    /// The item with `key`.
    subscript(key: ScalarKey) -> JSONValue? { positions[key].map { elements[$0] } }

    /// The items as they came.
    var array: JSONValue { .array(elements) }

    /// The index of the item with `key`.
    func position(of key: ScalarKey) -> Int? { positions[key] }

    private static func key(of element: JSONValue, field: String) throws(MergeConflict.KeyDefect) -> ScalarKey {
        guard case .object(let object) = element else { throw .elementIsNoObject }
        guard let value = object[field], value != .null else { throw .keyIsMissing }
        guard let key = ScalarKey(value) else { throw .keyIsNoScalar }
        return key
    }
}
