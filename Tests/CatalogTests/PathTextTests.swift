import Catalog
import Testing

@Suite struct PathTextTests {
    @Test(arguments: [
        ("/", "/"), ("/a/b", "/a/b"), ("/%41%7e", "/A~"), ("/%2f%3F", "/%2F%3F"), ("/a/./b", "/a/b"), ("/a/../b", "/b"),
        ("/a/..", "/"), ("/a/.", "/a/"), ("/a//b", "/a//b"), ("/%2e%2e/..", nil), ("/a/%2E%2e/b", "/b"),
        ("/a b", "/a%20b"),
        ("/é", "/%C3%A9"), ("/...", "/..."), ("/a:b@c;d=e", "/a:b@c;d=e"), ("/%25", "/%25"),
    ])
    func `every path has one normal form`(path: String, normal: String?) {
        #expect((try? PathText.normalForm(of: path)) == normal)
    }

    @Test(arguments: ["", "a", "/..", "/a/../..", "/%", "/%4", "/%zz", "/%00", "/a\\b", "/a#b", "/a?b"])
    func `what no request path can hold is refused`(path: String) {
        #expect(throws: TextFault.self) { try PathText.normalForm(of: path) }
    }

    @Test(arguments: ["/%41", "/a/./b", "/a%2fb", "/ä"])
    func `the normal form is its own normal form`(path: String) throws {
        let normal = try PathText.normalForm(of: path)
        try PathText.requireNormalForm(normal)
        #expect(throws: TextFault.self) { try PathText.requireNormalForm(path) }
    }

    @Test func `a path that is too long is refused`() {
        #expect(throws: TextFault.self) { try PathText.normalForm(of: "/" + String(repeating: "a", count: 4096)) }
    }
}
