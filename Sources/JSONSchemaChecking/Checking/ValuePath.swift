import HTTPSemantics

/// The way from the outermost value to the one that is looked at.
struct ValuePath {
    /// For each step, which member or element it is, from 0 on; tells what comes first in the document.
    private(set) var positions: [Int] = []
    /// For each step, the member's name; `nil` for an element.
    private var names: [String?] = []

    /// Goes into a member.
    mutating func enter(_ name: String, _ position: Int) {
        names.append(name)
        positions.append(position)
    }

    /// Goes into an element.
    mutating func enter(_ position: Int) {
        names.append(nil)
        positions.append(position)
    }

    /// Goes back one step.
    mutating func leave() {
        _ = names.popLast()
        _ = positions.popLast()
    }

    /// The way as a JSON pointer.
    var text: String { JSONPointer(tokens: zip(names, positions).map { $0 ?? String($1) }).text }
}
