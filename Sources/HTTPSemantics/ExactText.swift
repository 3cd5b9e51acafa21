/// Text that is compared by its code points.
///
/// JSON and most stores hold `é` and `e` + accent for two different names, which `String` does not.
package struct ExactText: Hashable, Sendable {
    /// The text.
    package let text: String

    /// Wraps `text`.
    package init(_ text: String) { self.text = text }

    /// Whether the code points are the same.
    package static func == (left: Self, right: Self) -> Bool {
        // Most names differ, which texts find out sooner than spans; texts that are the same to them may still differ here.
        guard left.text == right.text else { return false }
        let (a, b) = (left.text.utf8Span.span, right.text.utf8Span.span)
        guard a.count == b.count else { return false }
        for index in a.indices where unsafe a[unchecked: index] != b[unchecked: index] { return false }
        return true
    }

    /// Same code points hash alike.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
