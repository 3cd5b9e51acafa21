/// A refusal of the gateway's, for a service to say in its own words.
package struct ServiceRefusal: Error, Sendable {
    /// How a service says it.
    package struct Answer: Sendable {
        /// The status.
        package var status: Int
        /// More header lines, each ending in CRLF.
        package var lines: [UInt8]
        /// The body.
        package var body: [UInt8]

        /// An answer.
        package init(status: Int, lines: [UInt8], body: [UInt8]) {
            self.status = status
            self.lines = lines
            self.body = body
        }
    }

    /// The status it would have.
    package let status: Int
    /// The kind of problem, such as `unauthenticated`.
    package let kind: String
    /// What happened and what to do.
    package let detail: String
    /// The name of the route that the request came by.
    package let route: String
    /// The method and path of the request.
    package let method, path: String
    /// The request's identifier.
    package let requestID: String
    /// Looks up a header field of the request by its lower-case name.
    package let field: @Sendable (String) -> String?
}
