/// The fields `RateLimit-Policy` and `RateLimit` for one policy, as structured lists of one item.
package enum RateLimitFields {
    /// The largest number that a structured field can hold.
    private static let largest: Int64 = 999_999_999_999_999

    /// The value of `RateLimit-Policy`, such as `"burst";q=100;w=60`.
    ///
    /// A window shorter than a second cannot be said in this field and is left out.
    package static func policy(name: String, quota: Int, windowSeconds: Int?) -> [UInt8] {
        var output: [UInt8] = []
        StructuredWriter.appendString(name, to: &output)
        append("q", quota, to: &output)
        if let windowSeconds, windowSeconds > 0 { append("w", windowSeconds, to: &output) }
        return output
    }

    /// The value of `RateLimit`, such as `"burst";r=50;t=30`.
    ///
    /// `secondsUntilMore` is the time until more quota is there; left out if `nil`.
    package static func state(name: String, remaining: Int, secondsUntilMore: Int?) -> [UInt8] {
        var output: [UInt8] = []
        StructuredWriter.appendString(name, to: &output)
        append("r", remaining, to: &output)
        if let secondsUntilMore { append("t", secondsUntilMore, to: &output) }
        return output
    }

    private static func append(_ key: StaticString, _ value: Int, to output: inout [UInt8]) {
        output.append(ASCII.semicolon)
        output += key.description.utf8
        output.append(ASCII.equals)
        ASCII.appendDecimal(min(max(0, Int64(value)), largest), to: &output)
    }
}
