/// One request of a race.
package struct RaceRequest: Sendable, Equatable {
    /// The method.
    package let method: String
    /// Where to.
    package let url: String
    /// The fields beside Host and Content-Length.
    package let fields: [RaceField]
    /// The body.
    package let body: [UInt8]?

    /// A request.
    package init(_ method: String, _ url: String, fields: [RaceField] = [], body: [UInt8]? = nil) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }
}
