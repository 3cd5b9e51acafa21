import HTTPWire

/// Requests, whole heads, and what reading them comes to.
enum RequestTable {
    private static let line: StaticString = "the request line does not begin with a method and one space"
    private static let target: StaticString = "the request target is empty or holds a character that must be escaped"
    private static let version: StaticString = "the version is not HTTP/1.0 or HTTP/1.1"
    private static let bareLF: StaticString = "a line ends in a bare LF"
    private static let name: StaticString = "a header name holds a character that is not allowed"
    private static let noColon: StaticString = "a header line has no colon"
    private static let noName: StaticString = "a header field has no name"
    private static let fold: StaticString = "a header line begins with white space (obsolete line folding)"
    private static let beforeColon: StaticString = "white space stands before the colon of a header field"
    private static let control: StaticString = "a header value holds a control character"
    private static let empty: StaticString = "empty lines stand before the request line"

    /// Heads that are fine.
    static let accepted = [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "PUT /items/1?a=b HTTP/1.1\r\nHost: a:80\r\nContent-Length: 3\r\n\r\nabc",
        "POST http://a/b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nA:\r\nB: \r\nC:\t \t\r\n\r\n",
        "m!#$%&'*+-.^_`|~09 /~!$&'()*+,;=:@%41\"<>[]\\^`{|}# HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nhOsT:a\r\n!#$%&'*+-.^_`|~09azAZ: x\ty\r\nv: \u{80}\u{FF}\"\\,;:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\nX: 2\r\nx: 3\r\nConnection: close, X\r\n\r\n",
        "\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n",
    ]

    /// Heads that are refused.
    static let refused: [Refused] = requestLines + emptyLines + fieldLines + values

    private static let requestLines: [Refused] = [
        Refused(" GET / HTTP/1.1\r\n\r\n", line), Refused("GET\t/ HTTP/1.1\r\n\r\n", line),
        Refused("G(T / HTTP/1.1\r\n\r\n", line), Refused("GET\r\n\r\n", line),
        Refused("G\u{80}T / HTTP/1.1\r\n\r\n", line),
        Refused("\0GET / HTTP/1.1\r\n\r\n", line), Refused("G\u{7F} / HTTP/1.1\r\n\r\n", line),
        Refused("GET \r\n\r\n", target), Refused("GET  / HTTP/1.1\r\n\r\n", target), Refused("GET /\r\n\r\n", target),
        Refused("GET /\u{80} HTTP/1.1\r\n\r\n", target), Refused("GET /\u{7F} HTTP/1.1\r\n\r\n", target),
        Refused("GET /\t HTTP/1.1\r\n\r\n", target), Refused("GET /\0 HTTP/1.1\r\n\r\n", target),
        Refused("GET /\rx HTTP/1.1\r\n\r\n", target), Refused("GET  HTTP/1.1\r\n\r\n", target),
        Refused("GET / \r\n\r\n", version), Refused("GET /  HTTP/1.1\r\n\r\n", version),
        Refused("GET / HTTP/1.1 \r\n\r\n", version), Refused("GET /a b HTTP/1.1\r\n\r\n", version),
        Refused("GET / HTTP/1.2\r\n\r\n", version), Refused("GET / HTTP/2.0\r\n\r\n", version),
        Refused("GET / HTTP/0.9\r\n\r\n", version), Refused("GET / http/1.1\r\n\r\n", version),
        Refused("GET / HTTP/1.10\r\n\r\n", version), Refused("GET / HTTP/1.\r\n\r\n", version),
        Refused("GET / HTTP/11\r\n\r\n", version), Refused("GET / HTTP/1.1\r\r\n\r\n", version),
        Refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", version), Refused("GET / ICAP/1.1\r\n\r\n", version),
    ]

    private static let emptyLines: [Refused] = [
        Refused("\r\n\r\nGET / HTTP/1.1\r\n\r\n", empty), Refused("\nGET / HTTP/1.1\r\n\r\n", bareLF),
        Refused("\r\n\nGET / HTTP/1.1\r\n\r\n", bareLF), Refused("\r\r\nGET / HTTP/1.1\r\n\r\n", line),
        Refused("GET / HTTP/1.1\n\r\n", bareLF), Refused("GET / HTTP/1.1\r\n\n", bareLF),
        Refused("GET / HTTP/1.1\r\nHost: a\n\r\n", bareLF), Refused("GET / HTTP/1.1\r\nHost: a\r\n\n", bareLF),
    ]

    private static let fieldLines: [Refused] = [
        Refused("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", fold),
        Refused("GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n\r\n", fold),
        Refused("GET / HTTP/1.1\r\n Host: a\r\n\r\n", fold), Refused("GET / HTTP/1.1\r\nHost: a\r\n \r\n\r\n", fold),
        Refused("GET / HTTP/1.1\r\nHost : a\r\n\r\n", beforeColon),
        Refused("GET / HTTP/1.1\r\nHost\t: a\r\n\r\n", beforeColon),
        Refused("GET / HTTP/1.1\r\nContent-Length : 1\r\n\r\n", beforeColon),
        Refused("GET / HTTP/1.1\r\nTwo words\r\n\r\n", beforeColon),
        Refused("GET / HTTP/1.1\r\nHost\r\n\r\n", noColon), Refused("GET / HTTP/1.1\r\nA: b\r\nx\r\n\r\n", noColon),
        Refused("GET / HTTP/1.1\r\n: a\r\n\r\n", noName), Refused("GET / HTTP/1.1\r\n:\r\n\r\n", noName),
        Refused("GET / HTTP/1.1\r\nHo\"st: a\r\n\r\n", name), Refused("GET / HTTP/1.1\r\nHo(st: a\r\n\r\n", name),
        Refused("GET / HTTP/1.1\r\nHo\u{E9}st: a\r\n\r\n", name), Refused("GET / HTTP/1.1\r\nHo\0st: a\r\n\r\n", name),
        Refused("GET / HTTP/1.1\r\nHo/st: a\r\n\r\n", name), Refused("GET / HTTP/1.1\r\nHo\u{7F}st: a\r\n\r\n", name),
        Refused("GET / HTTP/1.1\r\nHo\rst: a\r\n\r\n", name), Refused("GET / HTTP/1.1\r\n\r\r\n\r\n", name),
        Refused("GET / HTTP/1.1\r\nTransfer-Encoding\u{B}: chunked\r\n\r\n", name),
    ]

    private static let values: [Refused] =
        ((0..<32).filter { $0 != 9 && $0 != 10 } + [127]).map { byte in
            Refused("GET / HTTP/1.1\r\nA: b\(Unicode.Scalar(UInt8(byte)))c\r\n\r\n", control)
        } + [
            Refused("GET / HTTP/1.1\r\nA: \rb\r\n\r\n", control), Refused("GET / HTTP/1.1\r\nA: b\r\r\n\r\n", control),
            Refused("GET / HTTP/1.1\r\nTransfer-Encoding: \u{B}chunked\r\n\r\n", control),
            Refused("GET / HTTP/1.1\r\nA: b\nc: d\r\n\r\n", bareLF),
        ]
}
