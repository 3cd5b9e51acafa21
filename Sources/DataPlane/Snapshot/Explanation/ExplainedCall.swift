/// A call of a mounted service that nobody makes: what its head says, to be explained.
package struct ExplainedCall: Sendable {
    /// The name of the route it would come by.
    package let route: String
    /// The method, as sent.
    package let method: String
    /// The path in normal form.
    package let path: [UInt8]
    /// The query without its mark.
    package let query: [UInt8]?
    /// The caller's number among the configuration's consumers; below zero if unknown.
    package let consumerIndex: Int
    private let fields: [(name: String, value: String)]

    /// A call by a request that came through matching and admission.
    init(_ request: ExplainedRequest, route: String, path: [UInt8], query: [UInt8]?, consumer: Int) {
        self.route = route
        self.path = path
        self.query = query
        method = request.method
        consumerIndex = consumer
        fields = request.fields
    }

    /// The first value of a field, named in lower case.
    package func field(_ name: String) -> String? { fields.first { $0.name.lowercased() == name }?.value }
}
