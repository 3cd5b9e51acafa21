/// Which program this is.
package enum Version {
    /// The version, by semantic versioning.
    package static let number = "0.1.0"
}
