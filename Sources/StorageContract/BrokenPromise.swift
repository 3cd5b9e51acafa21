/// A promise of a port that an adapter does not keep.
package struct BrokenPromise: Error, CustomStringConvertible {
    /// What was expected and what came instead.
    package let description: String

    /// A finding.
    package init(_ description: String) { self.description = description }
}

/// Throws unless `actual` equals `expected`.
package func demand<Value: Equatable>(_ actual: Value, is expected: Value, _ what: String) throws(BrokenPromise) {
    guard actual == expected else {
        throw BrokenPromise("\(what): expected \(expected), got \(actual)")
    }
}
