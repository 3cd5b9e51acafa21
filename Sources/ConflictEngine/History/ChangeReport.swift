/// What happened to a resource between the version a caller named and the current one.
package struct ChangeReport: Sendable, Equatable {
    /// A write through the gateway that the caller collided with.
    package struct CompetingWrite: Sendable, Equatable {
        /// Who wrote; `nil` for an anonymous caller.
        package var consumer: String?
        /// When, in milliseconds since 1970.
        package var time: Int64
        /// The request that wrote.
        package var requestID: String?
        /// What it changed, as plain RFC 6901 pointers; empty if that is not known.
        package var changed: [String]
    }

    /// The places that differ; empty if the version named is not known.
    package var changed: [AttributedChange] = []
    /// The places among them that the caller's own request changes too.
    package var overlap: [String] = []
    /// The last write through the gateway that the caller did not know of, if there was one.
    package var competing: CompetingWrite?

    /// A report that explains nothing.
    package init() {}
}
