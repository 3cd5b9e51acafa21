import HTTPSemantics
import Testing

struct TargetPathTests {
    @Test(arguments: [
        "/", "/a", "/a/b/", "//", "/a//b", "/a%2Fb", "/%C3%A9", "/a.b/..c/.d/...", "/~a-b_c!$&'()*+,;=:@", "/%5C",
        "/\"<>[]^`{|}", "/a.", "/a..", "/...", "/a/.b", "/%25",
    ])
    func `a path in normal form stays as it is`(path: String) throws {
        #expect(TargetPath.isNormal(bytes(path)))
        #expect(text(try TargetPath.normalise(bytes(path))) == path)
    }

    @Test(arguments: [
        ("/%41", "/A"), ("/%7e%2d%2E%5f", "/~-._"), ("/a%2fb", "/a%2Fb"), ("/%c3%A9", "/%C3%A9"), ("/.", "/"),
        ("/./", "/"), ("/a/.", "/a/"), ("/a/./b", "/a/b"), ("/a/..", "/"), ("/a/../b", "/b"), ("/a/b/..", "/a/"),
        ("/a/b/../", "/a/"), ("/a/b/c/./../../g", "/a/g"), ("/a//../b", "/a/b"), ("//..", "/"), ("//../a", "/a"),
        ("/a/%2e%2e/b", "/b"), ("/a/.%2E/b", "/b"), ("/%2e", "/"), ("/a/%2e%2E", "/"), ("/a/../..a", "/..a"),
        ("/%3a", "/%3A"), ("/a/b/../../", "/"), ("/a//..//b", "/a//b"),
    ])
    func `a path is brought into its one normal form`(path: String, normal: String) throws {
        #expect(!TargetPath.isNormal(bytes(path)))
        #expect(text(try TargetPath.normalise(bytes(path))) == normal)
    }

    @Test(arguments: [
        ("", PathFault.notAbsolute), ("a", .notAbsolute), ("*", .notAbsolute), ("%2Fa", .notAbsolute),
        ("/..", .climbsAboveRoot), ("/../a", .climbsAboveRoot), ("/a/../..", .climbsAboveRoot),
        ("/%2e%2e/a", .climbsAboveRoot), ("/./..", .climbsAboveRoot),
        ("/%", .invalidEscape), ("/%4", .invalidEscape), ("/%zz", .invalidEscape), ("/%4g", .invalidEscape),
        ("/%%41", .invalidEscape), ("/%00", .escapedNul), ("/a%00b", .escapedNul),
        ("/a\\b", .forbiddenByte(0x5C)), ("/a#b", .forbiddenByte(0x23)), ("/a b", .forbiddenByte(0x20)),
        ("/a?b", .forbiddenByte(0x3F)), ("/\u{7F}", .forbiddenByte(0x7F)), ("/é", .forbiddenByte(0xC3)),
        ("/\u{1}", .forbiddenByte(1)),
    ])
    func `a path without a normal form is refused with its reason`(path: String, fault: PathFault) {
        #expect(!TargetPath.isNormal(bytes(path)))
        #expect(throws: fault) { try TargetPath.normalise(bytes(path)) }
    }

    @Test func `every byte is either kept or refused, as the table says`() throws {
        for byte in UInt8.min...UInt8.max where byte != 0x25 {
            let isForbidden = byte <= 0x20 || byte >= 0x7F || [0x23, 0x3F, 0x5C].contains(byte)
            let path: [UInt8] = [0x2F, 0x61, byte, 0x61]
            #expect(TargetPath.isNormal(path) == !isForbidden)
        }
    }

    @Test func `normalising is idempotent and says nothing needs doing exactly when nothing does`() {
        var chance = SeededChance(seed: 42)
        let pieces = ["/", "/", ".", "..", "a", "b%", "%2e", "%2F", "%2f", "%41", "%C3", "%", "/./", "/../", "~", "\\"]
        var normal = 0
        var refused = 0
        for _ in 0..<20_000 {
            let length = Int.random(in: 0...7, using: &chance)
            let path = bytes("/" + (0..<length).map { _ in pieces.randomElement(using: &chance) ?? "" }.joined())
            let isNormal = TargetPath.isNormal(path)
            guard let form = try? TargetPath.normalise(path) else {
                #expect(!isNormal)
                refused += 1
                continue
            }
            #expect(isNormal == (form == path), "\(text(path))")
            #expect(TargetPath.isNormal(form), "\(text(path))")
            #expect((try? TargetPath.normalise(form)) == form)
            if isNormal { normal += 1 }
        }
        #expect(normal > 500 && refused > 500)
    }

    @Test(arguments: [
        ("tenant=a", "a"), ("x=1&tenant=a&tenant=b", "a"), ("tenant=", ""), ("tenant", ""), ("tenan%74=%7e%2f", "~%2F"),
        ("xtenant=1&tenant=2", "2"), ("tenant=a=b", "a=b"), ("tenant=a+b%20c", "a+b%20c"), ("tenant=%zz%", "%25zz%25"),
        ("&&tenant=1&&", "1"), ("tenant=é", "%C3%A9"),
    ])
    func `a query value is found by name and brought into normal form`(query: String, value: String) {
        #expect(QueryString.value(of: bytes("tenant"), in: bytes(query)).map(text) == value)
    }

    @Test(arguments: ["", "&", "x=tenant", "tenants=1", "=tenant", "Tenant=1"])
    func `a query without the name has no value`(query: String) {
        #expect(QueryString.value(of: bytes("tenant"), in: bytes(query)) == nil)
    }
}
