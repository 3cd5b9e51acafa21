/// Why a request of the tour got no answer.
struct CallFault: Error, CustomStringConvertible {
    /// What to tell whoever watches.
    let description: String
}
