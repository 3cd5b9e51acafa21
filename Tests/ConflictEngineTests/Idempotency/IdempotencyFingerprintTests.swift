import ConflictEngine
import HTTPSemantics
import Testing

struct IdempotencyFingerprintTests {
    private typealias Request = IdempotencyFingerprint.Request

    private func request(
        api: String = "shop",
        _ method: String = "POST",
        _ target: String = "/orders",
        type: String = "application/json",
        _ body: String = "{}"
    ) -> Request {
        Request(
            api: Array(api.utf8),
            method: Array(method.utf8),
            target: Array(target.utf8),
            mediaType: Array(type.utf8),
            body: Array(body.utf8)
        )
    }

    private func bytewise(_ request: Request) -> IdempotencyFingerprint {
        IdempotencyFingerprint(request, comparing: .bytes)
    }

    private func json(_ body: String, type: String = "application/json", ignoring ignored: [String] = []) throws
        -> IdempotencyFingerprint
    {
        let places = try ignored.map { try #require(JSONPointer($0)) }
        return IdempotencyFingerprint(request(type: type, body), comparing: .json(ignoring: places))
    }

    @Test func `the same request has the same fingerprint`() throws {
        #expect(bytewise(request()) == bytewise(request()))
        #expect(try json("{}") == json("{}"))
        #expect(bytewise(request()).digest.count == 32)
    }

    @Test func `api, method, target, type and body all matter`() {
        let requests = [
            request(), request(api: "stock"), request("PATCH"), request("post"), request("POST", "/orders/"),
            request("POST", "/orders?a=1"), request("POST", "/orders?"), request(type: "text/plain"), request(type: ""),
            request("{ }"), request(""),
        ]
        #expect(Set(requests.map(bytewise)).count == requests.count)
        let byMeaning = requests.dropLast(2).map { IdempotencyFingerprint($0, comparing: .json(ignoring: [])) }
        #expect(Set(byMeaning).count == byMeaning.count)
    }

    private func request(_ body: String) -> Request { request("POST", "/orders", body) }

    @Test func `what stands in one part never runs into the next`() {
        let requests = [
            request(api: "a", "b", "c", type: "t/d", "e"),
            request(api: "ab", "", "c", type: "t/d", "e"),
            request(api: "", "ab", "c", type: "t/d", "e"),
            request(api: "a", "bc", "", type: "t/d", "e"),
            request(api: "a", "", "bc", type: "t/d", "e"),
            request(api: "a", "b", "ct/d", type: "", "e"),
            request(api: "a", "b", "c", type: "t/de", ""),
            request(api: "a", "b", "c", type: "t/d", "body:0:e"),
            request(api: "amethod:1:b", "", "c", type: "t/d", "e"),
            request(api: "a", "b", "ctype:3:t/d", type: "", "e"),
            // Texts that would pass for the name of what follows, if lengths did not tell.
            request(api: "a", "bmethodc", "d"),
            request(api: "amethodb", "c", "d"),
            request(api: "a", "bmethod:c", "d"),
            request(api: "amethod:b", "c", "d"),
        ]
        #expect(Set(requests.map(bytewise)).count == requests.count)
    }

    @Test(arguments: [
        (#"{"a":1,"b":[2,{"c":3,"d":4}]}"#, #" { "b" : [ 2 , { "d":4,"c":3 } ] ,"# + "\r\n\t" + #""a":1 } "#),
        (#"{"a":1}"#, #"{"a":1.0}"#), (#"{"a":100}"#, #"{"a":1e2}"#), (#"{"a":0.5}"#, #"{"a":5E-1}"#),
        (#"{"a":0}"#, #"{"a":-0.0e7}"#), (#"{"a":"é\/"}"#, #"{"\u0061":"\u00e9/"}"#), ("1", " 1 "),
        (#""😀""#, #""\ud83d\ude00""#),
    ])
    func `JSON that means the same is the same request`(one: String, other: String) throws {
        #expect(try json(one) == json(other))
        #expect(bytewise(request(one)) != bytewise(request(other)))
    }

    @Test func `JSON that means something else is another request`() throws {
        let bodies = [
            "1", #""1""#, "true", #""true""#, "null", #""null""#, "[]", "{}", "[[]]", "[{}]", #"{"a":[]}"#,
            #"{"a":{}}"#,
            "[1,2]", "[2,1]", "[12]", "[1,[2]]", "[[1],2]", "[[1,2]]", #"["1,2"]"#, #"["1","2"]"#, #"{"a":1}"#,
            #"{"a":"1"}"#, #"{"a":null}"#, #"{"A":1}"#, #"{"a":1,"b":1}"#, #"[{"a":1},{"b":1}]"#, #"{"a":{"b":1}}"#,
            #"{"a":1.0000000000000000000001}"#, #"{"a":9007199254740993}"#, #"{"a":9007199254740992}"#, "1e400",
            "1e401",
            "-1", "1e-1", #""e\#u{301}""#, #""\#u{E9}""#, #""""#, #"[""]"#, #"["",""]"#,
        ]
        let prints = try bodies.map { try json($0) }
        #expect(Set(prints).count == bodies.count)
    }

    @Test func `what is ignored does not count, and all else does`() throws {
        let ignored = ["/sent_at", "/meta/trace", "/lines/0/note"]
        let one = #"{"sent_at":1,"meta":{"trace":"x","lang":"en"},"lines":[{"note":"n","n":1},{"note":"n"}]}"#
        let same = #"{"meta":{"lang":"en","trace":[2]},"lines":[{"n":1},{"note":"n"}]}"#
        #expect(try json(one, ignoring: ignored) == json(same, ignoring: ignored))
        #expect(try json(one) != json(same))
        let others = [
            #"{"meta":{"lang":"de"},"lines":[{"n":1},{"note":"n"}]}"#, #"{"meta":{"lang":"en"},"lines":[{"n":1},{}]}"#,
            #"{"meta":{"lang":"en"},"lines":[{"n":2},{"note":"n"}]}"#, #"{"meta":{},"lines":[{"n":1},{"note":"n"}]}"#,
            #"{"meta":{"lang":"en","sent_at":1},"lines":[{"n":1},{"note":"n"}]}"#,
            #"{"meta":{"lang":"en"},"lines":[]}"#,
        ]
        let prints = try ([one] + others).map { try json($0, ignoring: ignored) }
        #expect(Set(prints).count == prints.count)
    }

    @Test(arguments: ["", "{", "{'a':1}", "[1,]", "{}{}", "\u{FEFF}{}", "a=1&b=2", #"{"a":01}"#])
    func `a body that is not JSON is compared byte by byte`(body: String) throws {
        #expect(try json(body) == bytewise(request(body)))
        #expect(try json(body) != json(body + " "))
    }

    @Test func `a body with one name twice is compared byte by byte, since readers differ about its meaning`() throws {
        let twice = #"{"amount":1,"amount":2}"#
        #expect(try json(twice) != json(#"{"amount":2}"#))
        #expect(try json(twice) != json(#"{"amount":1}"#))
        #expect(try json(#"[{"a":{"b":1,"b":2}}]"#) != json(#"[{"a":{"b":2}}]"#))
        #expect(try json(twice) == json(twice))
    }

    @Test func `JSON too deep to read is compared byte by byte`() throws {
        let deep = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
        #expect(try json(deep) == json(deep))
        #expect(try json(deep) != json(" " + deep))
    }

    @Test func `no body passes for the canonical text of another`() throws {
        let canonical = CanonicalJSON.bytes(of: ["a": 1])
        let imitation = String(decoding: canonical, as: UTF8.self)
        #expect(try json(imitation) != json(#"{"a":1}"#))
    }

    @Test(arguments: [
        ("application/json", "Application/JSON"), ("application/json", " application/json ; "),
        ("text/plain;boundary=a", "text/plain;boundary=b"),
    ])
    func `the way the type is written does not matter`(one: String, other: String) {
        #expect(bytewise(request(type: one, "x")) == bytewise(request(type: other, "x")))
    }

    @Test func `parameters of the type count, but for the boundary, and so does a type that cannot be read`() {
        let types = [
            "text/plain", "text/plain;charset=utf-8", "text/plain;charset=utf-16",
            "text/plain;charset=utf-8;format=flowed",
            "text/plain;format=utf-8", "", "text", "json", "text/plain garbage", "text/plain;charset",
        ]
        #expect(Set(types.map { bytewise(request(type: $0, "x")) }).count == types.count)
        #expect(
            bytewise(request(type: "text/plain;charset=\"a\"", "x"))
                == bytewise(request(type: "text/plain;charset=a", "x"))
        )
    }

    private func form(_ boundary: String, _ parts: [String], written: String? = nil) -> IdempotencyFingerprint {
        let body = parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n"
        return bytewise(request(type: "multipart/form-data; boundary=\(written ?? boundary)", body))
    }

    @Test func `the boundary of a multipart body does not matter, and its parts do`() {
        let parts = [
            "Content-Disposition: form-data; name=\"a\"\r\n\r\n1", "Content-Disposition: form-data\r\n\r\n--2",
        ]
        let same = [
            form("X", parts), form("----WebKitFormBoundaryAbC", parts), form("a b", parts, written: "\"a b\""),
            form("X", parts, written: "\"\\X\""),
        ]
        #expect(Set(same).count == 1)
        let different = [
            form("X", parts), form("X", parts.reversed()), form("X", [parts[0]]), form("X", [parts[0] + parts[1]]),
            form("X", [parts.joined(separator: "\r\n--Y\r\n")]), form("X", []), form("X", parts + [""]),
        ]
        #expect(Set(different).count == different.count)
        // Within a line the boundary is text like any other.
        #expect(form("X", ["\r\n\r\na--X"]) != form("Y", ["\r\n\r\na--Y"]))
    }

    @Test func `a multipart body in which the boundary does not occur counts whole`() {
        let type = "multipart/form-data; boundary=X"
        let bodies = ["", "a", "--Y\r\na", "a--X\r\n", "-", "--", "--X", "--X\r\n--X", "\n--X", "\r\n--X"]
        let prints = bodies.map { bytewise(request(type: type, $0)) }
        #expect(Set(prints).count == bodies.count)
        #expect(bytewise(request(type: "multipart/mixed", "a")) != bytewise(request(type: "multipart/mixed", "b")))
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `no two of many requests share a fingerprint`(seed: UInt64) {
        var chance = SeededTurns(seed)
        let alphabet = ["a", ":", "1", "body", "\n", "--X", ""]
        func text() -> String {
            (0..<Int.random(in: 0...3, using: &chance)).map { _ in alphabet.randomElement(using: &chance) ?? "" }
                .joined()
        }
        var seen: [IdempotencyFingerprint: [String]] = [:]
        for _ in 0..<2_000 {
            let (api, method, target, body) = (text(), text(), text(), text())
            let type = Bool.random(using: &chance) ? "multipart/mixed; boundary=X" : "text/plain"
            let parts = [api, method, target, type, body]
            let print = bytewise(request(api: api, method, target, type: type, body))
            #expect(seen[print] == nil || seen[print] == parts)
            seen[print] = parts
        }
    }
}
