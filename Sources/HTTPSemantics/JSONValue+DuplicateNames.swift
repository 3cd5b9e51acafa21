extension JSONValue {
    /// Whether any object in it, however deep, was read from a text in which one name came twice.
    package var hasDuplicateNames: Bool {
        switch self {
        case .array(let elements): elements.contains(where: \.hasDuplicateNames)
        case .object(let object):
            object.hasDuplicateNames || object.members.contains(where: \.value.hasDuplicateNames)
        default: false
        }
    }
}
