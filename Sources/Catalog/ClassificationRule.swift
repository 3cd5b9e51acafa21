/// Says of which kind an upstream's answer is.
package struct ClassificationRule: Sendable, Equatable {
    /// Status it applies to; `nil` any.
    package var status: Int?
    /// Text the body must hold, in any case; `nil` any.
    package var body: String?
    /// Header field that must be there, lower case, and text its value must hold; `nil` any.
    package var header: HeaderPolicy.Field?
    /// The kind's name.
    package var kind: String

    /// A rule; at least one condition is set.
    package init(status: Int? = nil, body: String? = nil, header: HeaderPolicy.Field? = nil, kind: String) {
        self.status = status
        self.body = body
        self.header = header
        self.kind = kind
    }
}
