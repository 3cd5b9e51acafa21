/// A structured dictionary: members by key, in order, each key once (RFC 9651, section 3.2).
package struct StructuredDictionary: Sendable, Equatable {
    /// One key and what it names.
    package struct Entry: Sendable, Equatable {
        /// The key: lower-case letters, digits and `_-.*`.
        package let key: String
        /// The member.
        package internal(set) var member: StructuredMember
    }

    /// The entries.
    package private(set) var entries: [Entry] = []
    private var index: [String: Int] = [:]

    /// An empty dictionary.
    package init() {}

    /// What `key` names.
    package subscript(key: String) -> StructuredMember? {
        index[key].map { entries[$0].member }
    }

    /// Gives `key` a member, in its old place if it has one.
    package mutating func set(_ key: String, to member: StructuredMember) {
        if let place = index[key] {
            entries[place].member = member
        } else {
            index[key] = entries.count
            entries.append(Entry(key: key, member: member))
        }
    }
}
