extension String {
    /// Whether both have the same code points; `==` would hold `é` and `e` + accent for the same.
    func isExactly(_ other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
