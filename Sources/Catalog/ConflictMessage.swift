/// Title and detail of a problem document, with `{{…}}` holes.
package struct ConflictMessage: Sendable, Equatable {
    /// Replaces the title.
    package var title: String?
    /// Replaces the detail; may hold `{{resource}} {{your_version}} {{current_version}} {{consumer}} {{upstream.detail}}`.
    package var detail: String?

    /// Texts to use instead of the built-in ones.
    package init(title: String? = nil, detail: String? = nil) {
        self.title = title
        self.detail = detail
    }
}
