/// Tells clients apart by what they say who they are, and numbers them in the order in which they come.
struct ClientNames: Sendable {
    private static let fields = ["authorization", "x-api-key", "x-goog-api-key", "cookie"]
    /// Clients that are told apart; those that come later are taken together.
    private static let most = 10_000

    /// Numbers by what clients say, as a hash, so that no secret is kept.
    private var numbers: [Int: Int] = [:]

    /// A name for the sender of a request with these fields; `nil` if they say nothing about it.
    mutating func name(of requestFields: [(name: String, value: String)]) -> String? {
        let known = requestFields.filter { Self.fields.contains($0.name) }
        guard !known.isEmpty else { return nil }
        var hasher = Hasher()
        for field in known {
            hasher.combine(field.name)
            hasher.combine(field.value)
        }
        let hash = hasher.finalize()
        if let number = numbers[hash] { return "caller \(number)" }
        guard numbers.count < Self.most else { return "another caller" }
        let number = numbers.count + 1
        numbers[hash] = number
        return "caller \(number)"
    }
}
