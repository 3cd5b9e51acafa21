import HTTPSemantics
import Testing

struct StructuredFieldTests {
    @Test(arguments: [
        ("42", StructuredValue.integer(42)), ("-0", .integer(0)), ("-999999999999999", .integer(-999_999_999_999_999)),
        ("00042", .integer(42)), ("4.5", .decimal(thousandths: 4_500)), ("-0.001", .decimal(thousandths: -1)),
        ("123456789012.999", .decimal(thousandths: 123_456_789_012_999)), (#""a \"b\\""#, .string(#"a "b\"#)),
        (#""""#, .string("")), ("foo123/456:x", .token("foo123/456:x")), ("*t", .token("*t")),
        (":aGVsbG8=:", .bytes(Array("hello".utf8))), (":aGVsbG8:", .bytes(Array("hello".utf8))), ("::", .bytes([])),
        (":cHsdsRa894==:", .bytes([0x70, 0x7B, 0x1D, 0xB1, 0x16, 0xBC, 0xF7])),
        ("?1", .boolean(true)), ("?0", .boolean(false)), ("@1659578233", .date(1_659_578_233)), ("@-1", .date(-1)),
        (#"%"f%c3%bc %22x%22""#, .displayString("fü \"x\"")), ("  1  ", .integer(1)),
    ])
    func `a bare item is read`(field: String, value: StructuredValue) throws {
        #expect(try StructuredField.item([bytes(field)]) == StructuredItem(value))
    }

    @Test(arguments: [
        "", " ", "1 2", "1,2", "--1", "-", "1000000000000000", "1.", ".5", "1.2345", "1234567890123.1", "1e3", "\t1",
        #""a"#, #""a\n""#, "\"é\"", "\"a\tb\"", "'a'", ":a:", ":a=b:", ":a===:", ":aGk=", ":a b:", "?2", "?", "?true",
        "@1.5",
        "@", "@x", #"%"%C3%BC""#, #"%"%c3""#, #"%"%c""#, #"%"é""#, "%x", "a;", "a;A=1", "a;1", "a; =1", "a;x=", "é",
        "(1)",
        "a b", "1;x=(1)",
    ])
    func `what is not an item is refused`(field: String) {
        #expect(throws: StructuredFieldFault.self) { try StructuredField.item([bytes(field)]) }
    }

    @Test func `an item over two lines is refused`() {
        #expect(throws: StructuredFieldFault.self) { try StructuredField.item([bytes("1"), bytes("2")]) }
    }

    @Test func `parameters keep their order and the last of equal keys wins`() throws {
        let item = try StructuredField.item([bytes(#""burst";q=100; w=60;x;q=7"#)])
        #expect(item.value == .string("burst"))
        #expect(item.parameters.all.map(\.key) == ["q", "w", "x"])
        #expect(item.parameters["q"] == .integer(7))
        #expect(item.parameters["x"] == .boolean(true))
        #expect(item.parameters["y"] == nil)
    }

    @Test func `an item has at most 1024 parameters`() throws {
        let most = (0..<1_024).map { ";p\($0)" }.joined()
        #expect(try StructuredField.item([bytes("1" + most)]).parameters.all.count == 1_024)
        #expect(throws: StructuredFieldFault.self) { try StructuredField.item([bytes("1" + most + ";x")]) }
    }

    @Test func `lists are read over several lines, with inner lists`() throws {
        let list = try StructuredField.list([bytes("a , ( 1  2;y );z=1"), bytes("\"c\"")])
        let inner: [StructuredItem] = [
            StructuredItem(.integer(1)), StructuredItem(.integer(2), StructuredParameters(["y": .boolean(true)])),
        ]
        #expect(
            list == [
                .item(StructuredItem(.token("a"))),
                .innerList(inner, StructuredParameters(["z": .integer(1)])),
                .item(StructuredItem(.string("c"))),
            ]
        )
        #expect(try StructuredField.list([]) == [])
        #expect(try StructuredField.list([bytes("()")]) == [.innerList([], StructuredParameters())])
    }

    @Test(arguments: ["a,", ",a", "a,,b", "a b", "(a", "(a,b)", "(a(b))", "a)", "(1\t2)"])
    func `what is not a list is refused`(field: String) {
        #expect(throws: StructuredFieldFault.self) { try StructuredField.list([bytes(field)]) }
    }

    @Test func `dictionaries keep their order and the last of equal keys wins`() throws {
        let dictionary = try StructuredField.dictionary([bytes("a=1, b;x=2,\tc=(1 2), a=3, *d=?0")])
        #expect(dictionary.entries.map(\.key) == ["a", "b", "c", "*d"])
        #expect(dictionary["a"] == .item(StructuredItem(.integer(3))))
        #expect(dictionary["b"] == .item(StructuredItem(.boolean(true), StructuredParameters(["x": .integer(2)]))))
        #expect(dictionary["e"] == nil)
        #expect(try StructuredField.dictionary([]).entries.isEmpty)
    }

    @Test(arguments: ["a=", "a=1,", "A=1", "=1", "a=1 b=2", "1=1", "a==1", "a =1"])
    func `what is not a dictionary is refused`(field: String) {
        #expect(throws: StructuredFieldFault.self) { try StructuredField.dictionary([bytes(field)]) }
    }

    @Test(arguments: [
        #""burst";q=100;w=60, "daily";q=1000;pk=:cHsdsRa89w==:"#, "a, (1 2;y);z=1.5, ()", "?1;a, ?0, @-5",
        #"%"f%c3%bc%25", 0.25, -1.0, *tok/:"#, ":AA==:, :AAA=:, :AAAA:",
    ])
    func `a list in canonical form is written as it was read`(field: String) throws {
        #expect(text(try StructuredWriter.bytes(StructuredField.list([bytes(field)]))) == field)
    }

    @Test func `a dictionary is written with bare keys for true`() throws {
        let dictionary = try StructuredField.dictionary([bytes("a=?1;x=1,b=?0,c=(1)")])
        #expect(text(try StructuredWriter.bytes(dictionary)) == "a;x=1, b=?0, c=(1)")
    }

    @Test(arguments: [
        StructuredValue.integer(1_000_000_000_000_000), .integer(.min), .decimal(thousandths: .max), .string("é"),
        .token("1a"), .token(""), .token("a b"), .date(.max),
    ])
    func `what no field can hold is not written`(value: StructuredValue) {
        #expect(throws: StructuredWriter.Unwritable.self) { try StructuredWriter.bytes(StructuredItem(value)) }
    }

    @Test func `a key that no field can hold is not written`() {
        #expect(throws: StructuredWriter.Unwritable.self) {
            try StructuredWriter.bytes(StructuredItem(.integer(1), StructuredParameters(["A": .integer(1)])))
        }
    }

    @Test func `rate limit fields say quota, window, rest and wait`() throws {
        let policy = RateLimitFields.policy(name: "a\"b", quota: 100, windowSeconds: 60)
        #expect(text(policy) == #""a\"b";q=100;w=60"#)
        #expect(text(RateLimitFields.policy(name: "p", quota: 5, windowSeconds: 0)) == #""p";q=5"#)
        #expect(text(RateLimitFields.state(name: "é", remaining: -1, secondsUntilMore: 3)) == #""??";r=0;t=3"#)
        #expect(
            text(RateLimitFields.state(name: "p", remaining: .max, secondsUntilMore: nil)) == #""p";r=999999999999999"#
        )
        #expect(try StructuredField.list([policy]).count == 1)
    }

    @Test func `mangled fields are refused or read but never trap, and what is read can be written and read again`() {
        var chance = SeededChance(seed: 3)
        let alphabet = bytes("a1\"\\:;=,()?@%.-* \tcé")
        var accepted = 0
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...8, using: &chance)
            let field = (0..<length).map { _ in alphabet.randomElement(using: &chance) ?? 0 }
            guard let list = try? StructuredField.list([field]) else { continue }
            accepted += 1
            #expect((try? StructuredField.list([StructuredWriter.bytes(list)])) == list, "\(text(field))")
        }
        #expect(accepted > 500)
    }
}
