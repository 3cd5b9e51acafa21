extension JSONValue {
    /// Whether an object anywhere in it was written with a name twice, which readers understand differently.
    package var repeatsNames: Bool {
        var open = [self]
        while let value = open.popLast() {
            switch value {
            case .object(let object):
                if object.hasDuplicateNames { return true }
                open += object.members.map(\.value)
            case .array(let elements): open += elements
            default: break
            }
        }
        return false
    }
}
