import HTTPSemantics
import Testing

@Suite struct IfHeaderTests {
    private static let lock = "urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2"
    private static let other = "urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092"

    private func read(_ field: String) throws -> IfHeader { try IfHeader(fieldLines: [bytes(field)]) }

    private func token(_ uri: String) throws -> StateToken { try #require(StateToken(uri: bytes(uri))) }

    private func tag(_ field: String) throws -> EntityTag { try #require(EntityTag(field: bytes(field))) }

    private func state(_ tokens: [String], _ field: String? = nil) throws -> IfResourceState {
        IfResourceState(tokens: Set(try tokens.map(token)), tag: try field.map(tag))
    }

    @Test("a list without a tag is about the resource of the request (RFC 4918, 10.4.6)")
    func untaggedListsAreAboutTheRequest() throws {
        let header = try read("(<\(Self.lock)> [\"I-am-an-ETag\"]) ([\"I-am-another\"])")
        #expect(header.productions.count == 1)
        #expect(header.productions[0].resource == nil)
        #expect(header.productions[0].lists.map(\.count) == [2, 1])
        let first = try state([Self.lock], "\"I-am-an-ETag\"")
        let wrong = try state([Self.lock], "\"other\"")
        let second = try state([], "\"I-am-another\"")
        #expect(header.holds { _ in first })
        #expect(!header.holds { _ in wrong })
        #expect(header.holds { _ in second })
    }

    @Test("lists are alternatives and conditions of a list must all hold")
    func listsAreAlternatives() throws {
        let header = try read("(<\(Self.lock)> [\"a\"]) ([\"b\"])")
        for (tokens, tag, holds) in [
            ([Self.lock], "\"a\"", true), ([], "\"a\"", false), ([Self.lock], "\"c\"", false), ([], "\"b\"", true),
            ([Self.other], "\"a\"", false),
        ] {
            let state = try state(tokens, tag)
            #expect(header.holds { _ in state } == holds, "\(tokens) \(tag)")
        }
    }

    @Test("Not reverses one condition (RFC 4918, 10.4.7)")
    func notReversesOneCondition() throws {
        let header = try read("(Not <\(Self.lock)> <\(Self.other)>)")
        let good = try state([Self.other])
        let both = try state([Self.lock, Self.other])
        #expect(header.holds { _ in good })
        #expect(!header.holds { _ in both })
        #expect(!header.holds { _ in IfResourceState() })
        #expect(try read("(not[\"x\"])") == read("(NOT [\"x\"])"))
    }

    @Test("DAV:no-lock matches nothing, even where somebody lists it (RFC 4918, 10.4.8)")
    func noLockMatchesNothing() throws {
        let never = try read("(<DAV:no-lock>)")
        let always = try read("(<\(Self.lock)>) (Not <DAV:no-lock>)")
        let listed = IfResourceState(tokens: [.noLock])
        #expect(!never.holds { _ in listed })
        #expect(always.holds { _ in listed })
        #expect(always.submittedTokens == [try token(Self.lock)])
        #expect(never.submittedTokens.isEmpty)
    }

    @Test("a tag holds for the lists behind it until the next one (RFC 4918, 10.4.9)")
    func tagsHoldForTheListsBehindThem() throws {
        let header = try read(
            "</resource1> (<\(Self.lock)> [W/\"A-weak-ETag\"]) ([\"strong-ETag\"]) <http://www.example.com/r2?q> ([\"x\"])"
        )
        #expect(header.productions.map { $0.resource.map(text) } == ["/resource1", "http://www.example.com/r2?q"])
        #expect(header.productions.map(\.lists.count) == [2, 1])
        let strong = try state([], "\"strong-ETag\"")
        #expect(header.holds { $0.map(text) == "/resource1" ? strong : IfResourceState() })
        #expect(!header.holds { $0.map(text) == "/resource1" ? IfResourceState() : strong })
    }

    @Test("a tag about a member of a locked collection submits the token (RFC 4918, 10.4.10)")
    func tagOfACollection() throws {
        let header = try read("<http://www.example.com/specs/> (<\(Self.lock)>)")
        #expect(header.submittedTokens == [try token(Self.lock)])
        let locked = try state([Self.lock])
        #expect(header.holds { _ in locked })
    }

    @Test("a resource has an entity tag if its own is the very same (RFC 4918, 10.4.3)")
    func entityTagsAreCompared() throws {
        let negated = try read("</specs/rfc2518.doc> (Not [\"4217\"])")
        #expect(try negated.productions[0].lists[0][0].holds(for: state([], "\"4216\"")))
        #expect(try !negated.productions[0].lists[0][0].holds(for: state([], "\"4217\"")))
        #expect(negated.productions[0].lists[0][0].holds(for: IfResourceState()))
        let same = try state([], "W/\"a\"")
        #expect(try read("([W/\"a\"])").holds { _ in same })
        for (field, current) in [("([\"a\"])", "W/\"a\""), ("([W/\"a\"])", "\"a\"")] {
            let found = try state([], current)
            #expect(try !read(field).holds { _ in found })
        }
    }

    @Test("a resource that does not exist has no token and no tag, so that only Not holds")
    func unmappedResources() throws {
        #expect(try !read("(<\(Self.lock)>) ([\"a\"])").holds { _ in IfResourceState() })
        #expect(try read("(Not <\(Self.lock)> Not [\"a\"])").holds { _ in IfResourceState() })
    }

    @Test("every token is submitted once, in order, true or not, negated or not")
    func submittedTokens() throws {
        let header = try read("(<\(Self.other)> [\"x\"]) (Not <\(Self.lock)>) (<\(Self.other)>)")
        #expect(header.submittedTokens.map(\.description) == [Self.other, Self.lock])
    }

    @Test("only a single token alone refreshes a lock")
    func refreshedToken() throws {
        #expect(try read("(<\(Self.lock)>)").refreshedToken?.description == Self.lock)
        #expect(try read("</a> (<\(Self.lock)>)").refreshedToken?.description == Self.lock)
        for field in [
            "(Not <urn:a>)", "(<urn:a> <urn:b>)", "(<urn:a>) (<urn:b>)", "([\"a\"])", "(<DAV:no-lock>)",
            "</a> (<urn:a>) </b> (<urn:a>)",
        ] {
            #expect(try read(field).refreshedToken == nil, "\(field)")
        }
    }

    @Test("white space between the parts does not matter")
    func whiteSpace() throws {
        let tight = try read("<urn:a>(<urn:b>[\"c\"])(Not<urn:d>)</e>([W/\"f\"])")
        let wide = try read(" \t<urn:a>\t ( <urn:b>  [\"c\"]\t) (Not\t<urn:d> )  </e> ( [W/\"f\"] ) ")
        #expect(tight == wide)
        #expect(text(tight.bytes) == "<urn:a> (<urn:b> [\"c\"]) (Not <urn:d>) </e> ([W/\"f\"])")
        #expect(try read(text(tight.bytes)) == tight)
    }

    @Test(
        "what breaks the grammar is refused, with its place",
        arguments: [
            ("", IfHeaderFault.Reason.empty, 0), (" \t", .empty, 2), ("(", .endsEarly, 1), ("(<urn:a>", .endsEarly, 8),
            ("(Not", .endsEarly, 4), ("()", .emptyList, 1), ("(<urn:a>) ( )", .emptyList, 12),
            ("(<urn:a>) </b> (<urn:a>)", .mixedLists, 10), ("</b>", .tagWithoutList, 0),
            ("</a> </b> (<urn:a>)", .tagWithoutList, 0),
            ("(<urn:a>), (<urn:b>)", .unexpectedByte, 9), ("(<urn:a>) x", .unexpectedByte, 10),
            ("</a> x", .unexpectedByte, 5),
            ("</a> (<urn:a>) x", .unexpectedByte, 15), ("x", .unexpectedByte, 0),
            ("(Not Not <urn:a>)", .unexpectedByte, 5),
            ("(\"a\")", .unexpectedByte, 1), ("(urn:a)", .unexpectedByte, 1), ("(<urn: a>)", .malformedURI, 1),
            ("(< urn:a>)", .malformedURI, 1), ("(<>)", .malformedURI, 1), ("(</a>)", .malformedURI, 1),
            ("(<noscheme>)", .malformedURI, 1), ("(<1a:b>)", .malformedURI, 1), ("(<urn:>)", .malformedURI, 1),
            ("(<urn:a#b>)", .malformedURI, 1), ("(<urn:%4>)", .malformedURI, 1), ("(<urn:%zz>)", .malformedURI, 1),
            ("(<urn:a", .malformedURI, 1), ("(<urn:ä>)", .malformedURI, 1), ("<a> (<urn:a>)", .malformedURI, 0),
            ("</a b> (<urn:a>)", .malformedURI, 0), ("([a])", .malformedTag, 1), ("([\"a\" ])", .malformedTag, 1),
            ("([ \"a\"])", .malformedTag, 1), ("([w/\"a\"])", .malformedTag, 1), ("([\"a\"", .malformedTag, 1),
            ("([])", .malformedTag, 1), ("(*)", .unexpectedByte, 1),
        ] as [(String, IfHeaderFault.Reason, Int)]
    )
    func faults(field: String, reason: IfHeaderFault.Reason, offset: Int) {
        let fault = #expect(throws: IfHeaderFault.self) { try read(field) }
        #expect(fault?.reason == reason)
        #expect(fault?.offset == offset)
        #expect(fault?.summary.isEmpty == false)
    }

    @Test("there is one If field or none")
    func severalFields() {
        let lines = [bytes("(<urn:a>)"), bytes("(<urn:b>)")]
        #expect(throws: IfHeaderFault.self) { try IfHeader(fieldLines: lines) }
        #expect(throws: IfHeaderFault.self) { try IfHeader(fieldLines: []) }
    }

    @Test("a hundred conditions are read and one more is refused")
    func bounded() throws {
        let list = String(repeating: "<urn:a>", count: 50)
        #expect(try read("(\(list))(\(list))").productions[0].lists.map(\.count) == [50, 50])
        let fault = #expect(throws: IfHeaderFault.self) { try read("(\(list)) (\(list)) (<urn:a>)") }
        #expect(fault?.reason == .tooManyConditions)
    }

    @Test("tokens are made of the text of a UUID only")
    func tokens() {
        let uuid = "181d4fae-7d8c-11d0-a765-00a0c91e6bf2"
        #expect(StateToken(uuid: bytes(uuid))?.description == Self.lock)
        for text in ["", "x", uuid + "0", uuid.replacing("-", with: "x"), uuid.replacing("1", with: "g")] {
            #expect(StateToken(uuid: bytes(text)) == nil)
        }
    }

    @Test("random fields read as they were written", arguments: UInt64(0)..<40)
    func roundTrips(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        let isTagged = Bool.random(using: &chance)
        var field = ""
        for number in 0..<(isTagged ? Int.random(in: 1...4, using: &chance) : 1) {
            if isTagged { field += ["</r\(number)>", "<http://h/\(number)?q>"].randomElement(using: &chance) ?? "" }
            for _ in 0..<Int.random(in: 1...3, using: &chance) {
                field += ["(", " ( "].randomElement(using: &chance) ?? "("
                for _ in 0..<Int.random(in: 1...4, using: &chance) {
                    field += ["", "Not ", "not"].randomElement(using: &chance) ?? ""
                    field += ["<urn:a>", "[\"b\"]", "[W/\"\"] ", "<DAV:no-lock>\t"].randomElement(using: &chance) ?? ""
                }
                field += ")"
            }
        }
        let header = try read(field)
        #expect(try IfHeader(fieldLines: [header.bytes]) == header)
    }
}
