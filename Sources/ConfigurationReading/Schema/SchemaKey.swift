/// A key of a section.
struct SchemaKey: Sendable {
    /// What is written.
    let name: String
    /// What may stand behind it.
    let form: ValueForm
    /// Whether it must be there.
    let isRequired: Bool
    /// What holds when it is absent, as YAML where that can be written, else in words between parentheses.
    let standard: String
    /// What it means, in one line.
    let meaning: String

    /// A key that may be absent.
    init(_ name: String, _ form: ValueForm, default standard: String, _ meaning: String) {
        self.name = name
        self.form = form
        self.isRequired = false
        self.standard = standard
        self.meaning = meaning
    }

    /// A key that must be there.
    init(required name: String, _ form: ValueForm, _ meaning: String) {
        self.name = name
        self.form = form
        self.isRequired = true
        self.standard = ""
        self.meaning = meaning
    }
}
