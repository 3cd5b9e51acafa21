import HTTPWire

/// Answers, whole heads, and what reading them comes to.
enum AnswerTable {
    private static let short: StaticString = "the status line is too short"
    private static let version: StaticString = "the version is not HTTP/1.0 or HTTP/1.1"
    private static let digits: StaticString = "the status is not a number"
    private static let long: StaticString = "the status has more than three digits"
    private static let reason: StaticString = "the reason phrase holds a control character"

    /// Heads that are fine, with their status.
    static let accepted: [(text: String, status: Int)] = [
        ("HTTP/1.1 200 OK\r\n\r\n", 200), ("HTTP/1.1 200 \r\n\r\n", 200), ("HTTP/1.1 200\r\n\r\n", 200),
        ("HTTP/1.0 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404), ("HTTP/1.1 100 Continue\r\n\r\n", 100),
        ("HTTP/1.1 999 \t\u{80}\u{FF} any words\r\nX: y\r\n\r\nbody", 999), ("HTTP/1.1 599  two\r\n\r\n", 599),
    ]

    /// Heads that are refused.
    static let refused: [Refused] = [
        Refused("\r\nHTTP/1.1 200 OK\r\n\r\n", short), Refused("HTTP/1.1\r\n\r\n", short),
        Refused("HTTP/1.1 20\r\n\r\n", short), Refused("ICY 200 OK then\r\n\r\n", short),
        Refused("HTTP/1.1  200 OK\r\n\r\n", digits), Refused("HTTP/1.1\t200 OK\r\n\r\n", short),
        Refused("HTTP/1.2 200 OK\r\n\r\n", version), Refused("HTTP/2.0 200 OK\r\n\r\n", version),
        Refused("http/1.1 200 OK\r\n\r\n", version), Refused("HTTQ/1.1 200 OK\r\n\r\n", version),
        Refused("HTTP/1.1 2x0 OK\r\n\r\n", digits), Refused("HTTP/1.1 -20 OK\r\n\r\n", digits),
        Refused("HTTP/1.1 +20 OK\r\n\r\n", digits), Refused("HTTP/1.1 20: OK\r\n\r\n", digits),
        Refused("HTTP/1.1 099 OK\r\n\r\n", "the status is below 100"),
        Refused("HTTP/1.1 000 OK\r\n\r\n", "the status is below 100"),
        Refused("HTTP/1.1 2000 OK\r\n\r\n", long), Refused("HTTP/1.1 200OK\r\n\r\n", long),
        Refused("HTTP/1.1 200\tOK\r\n\r\n", long), Refused("HTTP/1.1 200 O\u{1}K\r\n\r\n", reason),
        Refused("HTTP/1.1 200 O\rK\r\n\r\n", reason), Refused("HTTP/1.1 200 OK\r\r\n\r\n", reason),
        Refused("HTTP/1.1 200 O\u{7F}\r\n\r\n", reason), Refused("HTTP/1.1 200 OK\n\r\n", "a line ends in a bare LF"),
        Refused("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", "white space stands before the colon of a header field"),
        Refused(
            "HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
            "a header line begins with white space (obsolete line folding)"
        ),
        Refused("HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n", "a header value holds a control character"),
    ]
}
