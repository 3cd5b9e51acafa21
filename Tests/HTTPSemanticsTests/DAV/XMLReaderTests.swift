import HTTPSemantics
import Testing

@Suite struct XMLReaderTests {
    private func fault(_ document: [UInt8]) -> XMLFault? {
        do throws(XMLFault) {
            try XMLText.check(document)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "well-formed documents are read",
        arguments: [
            "<a/>", "<a></a >", "<?xml version=\"1.0\"?><a/>",
            "<?xml version='1.1' encoding='UTF-8' standalone='yes' ?>\n<a/>",
            "<?xml version=\"1.0\" encoding=\"us-ascii\"?><a/>", "<a b='1' c=\"2\"/>", "<a b = '\"' c='>'/>",
            "<a>]] ]]&gt; ></a>",
            "<a><![CDATA[]]]]></a>", "<?xml-like x?><a/>", "<a><?p?><?p  ?></a>", "<ä·-.1 ö='ü'/>",
            "<a xml:lang='en'/>",
            "<a xmlns:x='u' x:b='' b=''/>", "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", "<a xmlns=''/>",
            "<a>&#9;&#x10FFFF;&#0065;</a>", "<!-- - --><a/><!---->", "<_/>",
            "<a xmlns:x='u'><b xmlns:x='v' x:c=''/><x:d/></a>",
        ]
    )
    func wellFormed(document: String) {
        #expect(fault(bytes(document)) == nil)
    }

    @Test(
        "all else is refused, with its place",
        arguments: [
            ("", XMLFault.Reason.endsEarly, 0), ("  ", .endsEarly, 2), ("<a>", .endsEarly, 3), ("<a", .endsEarly, 2),
            ("<a b", .endsEarly, 4), ("<a b=", .endsEarly, 5), ("<a b='", .endsEarly, 6), ("<a/", .endsEarly, 3),
            ("<a></a", .endsEarly, 6), ("<!-- ", .endsEarly, 5), ("<a><![CDATA[", .endsEarly, 12),
            ("<?p ", .endsEarly, 4),
            ("<a></b>", .wrongEndTag, 3), ("</a>", .wrongEndTag, 0), ("<a/></a>", .wrongEndTag, 4),
            ("<x:a xmlns:x='u'></a>", .wrongEndTag, 17), ("<a/><b/>", .outsideRoot, 4), ("x<a/>", .outsideRoot, 0),
            ("<a/>x", .outsideRoot, 4), ("<a/>&#32;", .outsideRoot, 4), ("<![CDATA[]]><a/>", .outsideRoot, 0),
            ("<a b='1' b='2'/>", .repeatedAttribute, 9),
            ("<a xmlns:x='u' xmlns:y='u' x:b='' y:b=''/>", .repeatedAttribute, 34),
            ("<a xmlns='u' xmlns='u'/>", .repeatedAttribute, 13), ("<a b='1'c='2'/>", .malformed, 8),
            ("<a b=1/>", .malformed, 5),
            ("<a b/>", .malformed, 4), ("<a b='<'/>", .malformed, 6), ("<a>]]></a>", .malformed, 3),
            ("< a/>", .malformed, 1),
            ("<1/>", .malformed, 1), ("<a:b:c xmlns:a='u'/>", .malformed, 4), ("<:a/>", .malformed, 1),
            ("<a:/>", .malformed, 3),
            ("<a / >", .malformed, 4), ("<!-- -- --><a/>", .malformed, 7), ("<!ELEMENT a><a/>", .malformed, 0),
            ("<?XML x?><a/>", .malformed, 0), (" <?xml version='1.0'?><a/>", .malformed, 1),
            ("<?xml encoding='utf-8'?><a/>", .malformed, 5),
            ("<?xml version='2.0'?><a/>", .malformed, 0), ("<?xml version='1.0' standalone='x'?><a/>", .malformed, 0),
            ("<?xml version='1.0' x?><a/>", .malformed, 20), ("<?p:q r?><a/>", .malformed, 0),
            ("<a>&#0;</a>", .malformed, 3),
            ("<a>&#xD800;</a>", .malformed, 3), ("<a>&#;</a>", .malformed, 3), ("<a>&#x;</a>", .malformed, 3),
            ("<a>&#1F;</a>", .malformed, 3),
            ("<a>&#x110000;</a>", .malformed, 3), ("<a>&#99999999999;</a>", .malformed, 3),
            ("<a>&nbsp;</a>", .unknownEntity, 3),
            ("<a>&;</a>", .unknownEntity, 3), ("<a>& and so on and so on</a>", .unknownEntity, 3),
            ("<a b='&x;'/>", .unknownEntity, 6),
            ("<a>&amp", .endsEarly, 3), ("<!DOCTYPE a><a/>", .documentType, 0),
            ("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", .documentType, 21),
            ("<?xml version='1.0' encoding='latin1'?><a/>", .otherEncoding, 0), ("<x:a/>", .namespace, 1),
            ("<a x:b=''/>", .namespace, 3),
            ("<a xmlns:x=''/>", .namespace, 3), ("<a xmlns:xmlns='u'/>", .namespace, 3),
            ("<a xmlns:xml='u'/>", .namespace, 3),
            ("<a xmlns:x='http://www.w3.org/XML/1998/namespace'/>", .namespace, 3),
            ("<a xmlns='http://www.w3.org/2000/xmlns/'/>", .namespace, 3),
            ("<a><b xmlns:x='u'/><x:c/></a>", .namespace, 20), ("<xmlns:a/>", .namespace, 1),
            ("<a>\u{1}</a>", .forbiddenCharacter, 3),
            ("<a>\u{FFFE}</a>", .forbiddenCharacter, 3), ("<a×/>", .malformed, 2),
        ] as [(String, XMLFault.Reason, Int)]
    )
    func malformed(document: String, reason: XMLFault.Reason, offset: Int) {
        let fault = fault(bytes(document))
        #expect(fault?.reason == reason)
        #expect(fault?.offset == offset)
        #expect(fault?.summary.isEmpty == false)
    }

    @Test(
        "UTF-16 and UTF-32 are named as such",
        arguments: [
            [0xFE, 0xFF, 0, 0x3C], [0xFF, 0xFE, 0x3C, 0], [0, 0x3C, 0, 0x61], [0x3C, 0, 0x61, 0], [0, 0, 0xFE, 0xFF],
            [0xFF, 0xFE, 0, 0], [0xFF, 0xFE],
        ] as [[UInt8]]
    )
    func wideEncodings(document: [UInt8]) {
        #expect(fault(document)?.reason == .wideEncoding)
        #expect(fault(document)?.summary.contains("UTF-8") == true)
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xC3, 0x28], [0xFF],
        ] as [[UInt8]]
    )
    func notUTF8(sequence: [UInt8]) {
        let found = fault(bytes("<a>") + sequence + bytes("</a>"))
        #expect(found?.reason == .notUTF8)
        #expect(found?.offset == 3)
    }

    @Test("a byte order mark of UTF-8 is passed over, once")
    func byteOrderMark() {
        #expect(fault([0xEF, 0xBB, 0xBF] + bytes("<?xml version='1.0'?><a/>")) == nil)
        #expect(fault([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + bytes("<a/>"))?.reason == .outsideRoot)
    }

    @Test("depth, attributes and namespaces are bounded")
    func bounds() {
        let deep = { (count: Int) in
            String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
        }
        #expect(fault(bytes(deep(32))) == nil)
        #expect(fault(bytes(deep(33)))?.reason == .tooMuch)
        #expect(fault(bytes(String(repeating: "<a>", count: 100_000)))?.reason == .tooMuch)
        let wide = { (count: Int) in "<a " + (0..<count).map { "b\($0)=''" }.joined(separator: " ") + "/>" }
        #expect(fault(bytes(wide(64))) == nil)
        #expect(fault(bytes(wide(65)))?.reason == .tooMuch)
        let declared = { (first: Int) in
            "<a " + (first..<(first + 60)).map { "xmlns:n\($0)='u'" }.joined(separator: " ") + ">"
        }
        #expect(fault(bytes(declared(0) + declared(60) + "</a></a>"))?.reason == .tooMuch)
    }
}
