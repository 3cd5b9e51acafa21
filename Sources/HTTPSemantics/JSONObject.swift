/// The members of a JSON object in the order of their first appearance, each name once.
package struct JSONObject: Sendable {
    /// One name and its value.
    package struct Member: Sendable, Equatable {
        /// The name.
        package let name: String
        /// The value.
        package internal(set) var value: JSONValue

        /// Whether name, by its code points, and value are the same.
        package static func == (left: Self, right: Self) -> Bool {
            ExactText(left.name) == ExactText(right.name) && left.value == right.value
        }
    }

    /// Up to this many members, looking at each is quicker than an index.
    private static let indexThreshold = 12

    /// The members.
    package private(set) var members: [Member] = []
    /// Whether a name came more than once in the text that was read; the last value won.
    package private(set) var hasDuplicateNames = false
    private var index: [ExactText: Int] = [:]

    /// An object without members.
    package init() {}

    /// The value of `name`, or `nil` if there is none.
    package subscript(name: String) -> JSONValue? {
        position(of: name).map { members[$0].value }
    }

    /// Gives `name` a value: in place if the object has it, at the end otherwise.
    package mutating func set(_ name: String, to value: JSONValue) {
        if let position = position(of: name) {
            members[position].value = value
        } else {
            append(name, value)
        }
    }

    /// Removes `name`; returns what its value was.
    @discardableResult
    package mutating func remove(_ name: String) -> JSONValue? {
        guard let position = position(of: name) else { return nil }
        let removed = members.remove(at: position).value
        index = [:]
        if members.count > Self.indexThreshold { buildIndex() }
        return removed
    }

    /// As ``set(_:to:)``, noting that a name came twice.
    mutating func read(_ name: String, _ value: JSONValue) {
        if let position = position(of: name) {
            members[position].value = value
            hasDuplicateNames = true
        } else {
            append(name, value)
        }
    }

    private func position(of name: String) -> Int? {
        let wanted = ExactText(name)
        guard index.isEmpty else { return index[wanted] }
        return members.firstIndex { ExactText($0.name) == wanted }
    }

    private mutating func append(_ name: String, _ value: JSONValue) {
        if members.isEmpty { members.reserveCapacity(4) }
        members.append(Member(name: name, value: value))
        if !index.isEmpty {
            index[ExactText(name)] = members.count - 1
        } else if members.count > Self.indexThreshold {
            buildIndex()
        }
    }

    private mutating func buildIndex() {
        index.reserveCapacity(members.count * 2)
        for (position, member) in members.enumerated() { index[ExactText(member.name)] = position }
    }
}

extension JSONObject: Equatable {
    /// Whether both have the same names with the same values, in any order.
    package static func == (left: Self, right: Self) -> Bool {
        guard left.members.count == right.members.count else { return false }
        return left.members.allSatisfy { right[$0.name] == $0.value }
    }
}
