import HTTPWire

extension MessageHead {
    /// The first value of a field, named in lower case.
    func fieldValue(_ name: String) -> String? {
        for field in fields where names(field, name.utf8) { return text(field.value) }
        return nil
    }
}
