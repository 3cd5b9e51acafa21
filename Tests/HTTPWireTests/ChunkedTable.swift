import HTTPWire
import Testing

/// Chunked bodies, and what decoding them comes to.
enum ChunkedTable {
    /// A body that is fine.
    struct Accepted: Sendable, CustomTestStringConvertible {
        /// The bytes.
        let text: String
        /// The body.
        let content: String
        /// The trailer fields that may be passed on.
        var trailers: [[String]] = []
        /// Bytes of the next message.
        var rest = ""

        var testDescription: String { text.debugDescription }
    }

    private static let notHex: StaticString = "a chunk size is not a hexadecimal number"
    private static let longSize: StaticString = "a chunk size is too long"
    private static let bareCR: StaticString = "a chunk size line holds a bare CR"
    private static let noEnd: StaticString = "a chunk does not end in CRLF"
    private static let longer: StaticString = "a chunk is longer than its size"
    private static let control: StaticString = "a chunk extension holds a control character"
    private static let bareLF: StaticString = "a trailer line ends in a bare LF"

    /// Bodies that are fine.
    static let accepted: [Accepted] = [
        Accepted(text: "0\r\n\r\n", content: ""),
        Accepted(text: "5\r\nhello\r\n0\r\n\r\n", content: "hello"),
        Accepted(text: "a\r\n0123456789\r\nB\r\nabcdefghijk\r\n0\r\n\r\n", content: "0123456789abcdefghijk"),
        Accepted(text: "1\r\na\r\n1\r\nb\r\n01\r\nc\r\n000000000000000\r\n\r\n", content: "abc"),
        Accepted(text: "000000000000005\r\nhe\r\nl\r\n0\r\n\r\n", content: "he\r\nl"),
        Accepted(text: "3;a\r\nabc\r\n0;b=\"c d\";e=\u{80}\t\r\n\r\n", content: "abc"),
        Accepted(text: "3;\r\nabc\r\n0;\r\n\r\n", content: "abc"),
        Accepted(text: "2\r\n\r\n\r\n0\r\n\r\nGET /", content: "\r\n", rest: "GET /"),
        Accepted(
            text: "0\r\nSum: abc\r\nX:  y \r\n\r\n\r\n",
            content: "",
            trailers: [["Sum", "abc"], ["X", "y"]],
            rest: "\r\n"
        ),
        Accepted(
            text: "1\r\na\r\n0\r\nContent-Length: 5\r\nX: y\r\nhost: b\r\nPARLEY-Kind: z\r\n\r\n",
            content: "a",
            trailers: [["X", "y"]]
        ),
    ]

    /// Bodies that are refused.
    static let refused: [Refused] = sizes + ends + trailers

    private static let sizes: [Refused] = [
        Refused("\r\n", notHex), Refused("g\r\n", notHex), Refused("-1\r\n", notHex), Refused("+1\r\n", notHex),
        Refused("0x1\r\n", notHex), Refused(" 1\r\n", notHex), Refused("1 \r\n", notHex), Refused("1\t;a\r\n", notHex),
        Refused("1_0\r\n", notHex), Refused(";a\r\n", notHex), Refused("1,1\r\n", notHex), Refused("1\n", notHex),
        Refused("1.0\r\n", notHex), Refused("\u{FF}\r\n", notHex), Refused("1\0\r\n", notHex),
        Refused("5h\r\n", notHex),
        Refused("1\rx", bareCR), Refused("1\r\r\n", bareCR), Refused("1;a\rb\r\n", bareCR),
        Refused("1;a\n", control), Refused("1;a\0\r\n", control), Refused("1;a\u{7F}\r\n", control),
        Refused("0000000000000001\r\n", longSize), Refused("1000000000000000\r\n", longSize),
        Refused("FFFFFFFFFFFFFFFF\r\n", longSize), Refused("10000000000000005\r\n", longSize),
        Refused(String(repeating: "0", count: 64), longSize),
    ]

    private static let ends: [Refused] = [
        Refused("5\r\nhello0\r\n\r\n", longer), Refused("5\r\nhello\n0\r\n\r\n", longer),
        Refused("1\r\nab\r\n", longer),
        Refused("5\r\nhello\rx", noEnd), Refused("5\r\nhello\r\r\n", noEnd), Refused("5\r\nhel\r\n0\r\n\r\n", longer),
        Refused("5\r\nhello\r\n\r\n", notHex), Refused("1\r\na\r\n\n", notHex),
    ]

    private static let trailers: [Refused] = [
        Refused("0\r\n\n", bareLF), Refused("0\r\nA: b\n\r\n", bareLF), Refused("0\r\nA: b\r\n\n", bareLF),
        Refused("0\r\n\r\r\n\r\n", "a header name holds a character that is not allowed"),
        Refused("0\r\nA : b\r\n\r\n", "white space stands before the colon of a header field"),
        Refused("0\r\nA: b\r\n c\r\n\r\n", "a header line begins with white space (obsolete line folding)"),
        Refused("0\r\n A: b\r\n\r\n", "a header line begins with white space (obsolete line folding)"),
        Refused("0\r\nA: b\0\r\n\r\n", "a header value holds a control character"),
        Refused("0\r\nA\r\n\r\n", "a header line has no colon"),
        Refused("0\r\n: b\r\n\r\n", "a header field has no name"),
        Refused("0\r\nA: \rb\r\n\r\n", "a header value holds a control character"),
        Refused("0\r\n\rA: b\r\n\r\n", "a header name holds a character that is not allowed"),
    ]
}
