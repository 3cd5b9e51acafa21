/// A changed place, taken apart at the first array it passes through.
struct ChangedPointer {
    /// The pointer with `*` in place of each array index.
    let pattern: String
    /// The array it passes through first; `nil` if it passes through none.
    let array: String?
    /// Whether the change lies inside an element of that array, rather than being the element as a whole.
    let isInsideElement: Bool
    /// The steps as written, still escaped.
    let steps: [Substring]

    /// Takes `pointer` apart; steps of digits alone count as places in an array.
    init(_ pointer: String) {
        let steps = Array(pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst())
        let place = steps.firstIndex(where: Self.isIndex)
        array = place.flatMap { $0 > 0 ? "/" + steps[..<$0].joined(separator: "/") : nil }
        isInsideElement = place.map { $0 + 1 < steps.count } ?? false
        pattern = steps.map { "/" + (Self.isIndex($0) ? "*" : String($0)) }.joined()
        self.steps = steps
    }

    /// Whether the pointer names the whole document or nothing that can be read.
    var isWhole: Bool { steps.isEmpty }

    private static func isIndex(_ step: Substring) -> Bool {
        let digits = step.utf8
        guard let first = digits.first, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        // Array indices have no leading zeros (RFC 6901, section 4); years and article numbers remain a risk.
        return digits.count == 1 || first != 0x30
    }
}
