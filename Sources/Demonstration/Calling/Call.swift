/// One request of the tour.
struct Call: Sendable {
    /// One header field.
    struct Field: Sendable {
        /// Its name.
        let name: String
        /// Its value.
        let value: String

        /// A field.
        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The method.
    let method: String
    /// Path and query.
    let path: String
    /// Header fields beside Host, Content-Length and Content-Type.
    let fields: [Field]
    /// The body, which is JSON.
    let body: [UInt8]?

    /// A request.
    init(_ method: String, _ path: String, _ fields: [Field] = [], body: [UInt8]? = nil) {
        self.method = method
        self.path = path
        self.fields = fields
        self.body = body
    }
}
