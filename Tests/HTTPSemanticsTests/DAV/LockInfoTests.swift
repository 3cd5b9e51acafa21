import HTTPSemantics
import Testing

@Suite struct LockInfoTests {
    private func read(_ body: String) throws -> LockInfo { try LockInfo(body: bytes(body)) }

    private func info(_ inner: String) -> String { "<D:lockinfo xmlns:D=\"DAV:\">\(inner)</D:lockinfo>" }

    private static let write = "<D:locktype><D:write/></D:locktype>"
    private static let exclusive = "<D:lockscope><D:exclusive/></D:lockscope>"

    @Test("the body of RFC 4918, 9.10.7 is read with its owner")
    func exampleOfTheStandard() throws {
        let owner = "\n    <D:href>http://example.org/~ejw/contact.html</D:href>\n  "
        let body = """
            <?xml version="1.0" encoding="utf-8" ?>
            <D:lockinfo xmlns:D='DAV:'>
              <D:lockscope><D:exclusive/></D:lockscope>
              <D:locktype><D:write/></D:locktype>
              <D:owner>\(owner)</D:owner>
            </D:lockinfo>
            """
        let info = try read(body)
        #expect(info.scope == .exclusive)
        #expect(info.owner?.content == bytes(owner))
        #expect(info.owner.map { text($0.element) } == "<D:owner xmlns:D=\"DAV:\">\(owner)</D:owner>")
        #expect(info.owner.map { text($0.text) }?.contains("http://example.org/~ejw/contact.html") == true)
    }

    @Test(
        "the namespace counts, not the prefix",
        arguments: [
            "<lockinfo xmlns=\"DAV:\"><lockscope><shared/></lockscope><locktype><write/></locktype></lockinfo>",
            "<a:lockinfo xmlns:a='DAV:'><b:lockscope xmlns:b='DAV:'><b:shared></b:shared></b:lockscope>"
                + "<locktype xmlns='DAV:'><write/></locktype></a:lockinfo>",
            "\u{FEFF}<x:lockinfo xmlns:x='&#68;AV:'><x:lockscope><x:shared/></x:lockscope><x:locktype><x:write/>"
                + "</x:locktype></x:lockinfo>",
            "<!-- a --><?p q?><x:lockinfo xmlns:x='DAV:'> <!----><x:lockscope>\n<x:shared\n/>\t</x:lockscope ><x:locktype>"
                + "<y:z xmlns:y='u'/><x:write/></x:locktype><other><x:lockscope/></other></x:lockinfo>\n<?p?> <!-- b -->",
            "<x:lockinfo xmlns:x='DAV:'><x:locktype><x:write/></x:locktype><x:lockscope><x:shared/></x:lockscope>"
                + "<x:new>text</x:new></x:lockinfo>",
        ]
    )
    func namespacesCount(body: String) throws {
        let info = try read(body)
        #expect(info == LockInfo(scope: .shared))
        #expect(try LockInfo(body: info.bytes) == info)
    }

    @Test(
        "what is not the body of a LOCK is refused",
        arguments: [
            ("<lockinfo/>", XMLFault.Reason.wrongRoot), ("<D:propfind xmlns:D=\"DAV:\"/>", .wrongRoot),
            ("<D:lockinfo xmlns:D=\"dav:\"/>", .wrongRoot), ("<D:lockinfo xmlns:D=\"DAV:\"/>", .missingScope),
        ] as [(String, XMLFault.Reason)]
    )
    func otherDocuments(body: String, reason: XMLFault.Reason) {
        let fault = #expect(throws: XMLFault.self) { try read(body) }
        #expect(fault?.reason == reason)
    }

    @Test(
        "parts that are missing, repeated or unknown are refused",
        arguments: [
            (exclusive, XMLFault.Reason.missingType), (write, .missingScope),
            (exclusive + "<D:locktype/>", .missingType),
            (exclusive + "<D:locktype><D:read/></D:locktype>", .missingType),
            ("<D:lockscope/>" + write, .missingScope),
            ("<D:lockscope><exclusive/></D:lockscope>" + write, .missingScope),
            (exclusive + exclusive + write, .repeatedElement), (exclusive + write + write, .repeatedElement),
            ("<D:lockscope><D:exclusive/><D:shared/></D:lockscope>" + write, .repeatedElement),
            (exclusive + write + "<D:owner/><D:owner/>", .repeatedElement), (exclusive + write + "x", .unexpectedText),
            (exclusive + "<![CDATA[x]]>" + write, .unexpectedText),
            ("<D:lockscope>x<D:shared/></D:lockscope>", .unexpectedText),
        ] as [(String, XMLFault.Reason)]
    )
    func malformedParts(inner: String, reason: XMLFault.Reason) {
        let fault = #expect(throws: XMLFault.self) { try read(info(inner)) }
        #expect(fault?.reason == reason)
        #expect(fault?.summary.isEmpty == false)
    }

    @Test(
        "an owner without content, of text, or of any XML is kept byte for byte",
        arguments: [
            "", "Jane &amp; Joe &#x1F512;", "<D:href>mailto:jane@example.com</D:href>",
            " <![CDATA[<a>&]]> <!-- c --><?p i?> ",
            "<x:a xmlns:x=\"urn:x\" x:b='c'\r\n/>", "<owner>D:owner</owner>", "日本語",
        ]
    )
    func ownersAreKept(content: String) throws {
        let owner = try #require(read(info(Self.exclusive + Self.write + "<D:owner>\(content)</D:owner>")).owner)
        #expect(text(owner.content) == content)
        #expect(text(owner.element) == "<D:owner xmlns:D=\"DAV:\">\(content)</D:owner>")
        #expect(try LockOwner(element: owner.element) == owner)
    }

    @Test("an owner written as an empty element has no content")
    func emptyOwner() throws {
        let owner = try #require(read(info(Self.exclusive + Self.write + "<D:owner a='b' />")).owner)
        #expect(owner.content.isEmpty)
        #expect(try read(info(Self.exclusive + Self.write)).owner == nil)
    }

    @Test("the text of an owner has its references resolved and no elements")
    func textOfOwners() throws {
        let inner = "<D:owner>a&lt;<b>&#66;&#x43;</b><![CDATA[&d]]>&quot;&apos;&gt;&amp;</D:owner>"
        let owner = try #require(read(info(Self.exclusive + Self.write + inner)).owner)
        #expect(text(owner.text) == "a<BC&d\"'>&")
    }

    @Test("namespaces declared outside an owner are declared again where it is repeated")
    func outerNamespaces() throws {
        let body = """
            <a:lockinfo xmlns:a="DAV:" xmlns="urn:default" xmlns:D="urn:not-dav" xmlns:g="urn:gone">
            <a:lockscope><a:exclusive/></a:lockscope><a:locktype><a:write/></a:locktype>
            <a:owner xmlns:p="urn:p&amp;&quot;&lt;" xmlns:D="urn:inner"><me p:q="1"/><D:x/></a:owner></a:lockinfo>
            """
        let owner = try #require(read(body).owner)
        let element = text(owner.element)
        #expect(element.hasPrefix("<a:owner "))
        #expect(element.contains(" xmlns=\"urn:default\"") && element.contains(" xmlns:D=\"urn:inner\""))
        #expect(element.contains(" xmlns:p=\"urn:p&amp;&quot;&lt;\"") && !element.contains("urn:not-dav"))
        #expect(try LockOwner(element: owner.element) == owner)
    }

    @Test("a prefix that the client uses otherwise is not taken for DAV:")
    func takenPrefixes() throws {
        let body = """
            <lockinfo xmlns="DAV:" xmlns:D="urn:d" xmlns:D0="urn:d0"><lockscope><shared/></lockscope>
            <locktype><write/></locktype><owner><D:a/><D0:b/><c/></owner></lockinfo>
            """
        let owner = try #require(read(body).owner)
        #expect(text(owner.element).hasPrefix("<D1:owner "))
        #expect(text(owner.element).contains(" xmlns=\"DAV:\""))
        #expect(try LockOwner(element: owner.element) == owner)
    }

    @Test("a default namespace that ends before the owner is not declared again")
    func endedDefault() throws {
        let body = """
            <lockinfo xmlns="DAV:" xmlns:d="DAV:"><lockscope><shared/></lockscope><locktype><write/></locktype>
            <d:owner xmlns=""><plain/></d:owner></lockinfo>
            """
        #expect(try read(body).owner.map { text($0.element) } == "<d:owner xmlns:d=\"DAV:\"><plain/></d:owner>")
    }

    @Test("an owner may have 8 KiB with its declarations and no more")
    func longOwners() throws {
        let room = LockOwner.longest - " xmlns:D=\"DAV:\"".utf8.count
        let fits = String(repeating: "a", count: room)
        let body = { (text: String) in self.info(Self.exclusive + Self.write + "<D:owner>\(text)</D:owner>") }
        #expect(try read(body(fits)).owner?.content.count == room)
        let fault = #expect(throws: XMLFault.self) { try read(body(fits + "a")) }
        #expect(fault?.reason == .ownerTooLong)
        #expect(LockOwner(text: fits) != nil)
        #expect(LockOwner(text: fits + "a") == nil)
    }

    @Test("an owner of plain text is escaped and reads back")
    func plainOwners() throws {
        let owner = try #require(LockOwner(text: "<Jane> & \"Joe\"\u{1}\n"))
        #expect(text(owner.content) == "&lt;Jane&gt; &amp; &quot;Joe&quot;\u{FFFD}&#10;")
        #expect(try text(LockOwner(element: owner.element).text) == "<Jane> & \"Joe\"\u{FFFD}\n")
        #expect(throws: XMLFault.self) { try LockOwner(element: bytes("<owner/>")) }
        #expect(throws: XMLFault.self) { try LockOwner(element: []) }
        #expect(throws: XMLFault.self) { try LockOwner(element: owner.element + owner.element) }
    }
}
