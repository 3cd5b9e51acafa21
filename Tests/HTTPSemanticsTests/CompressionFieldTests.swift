import HTTPSemantics
import Testing

/// Media types, `Cache-Control`, `Vary` and digests, as far as coding bears on them.
struct CompressionFieldTests {
    @Test(arguments: [
        "text/html", "text/plain; charset=utf-8", "TEXT/CSS", "text/event-stream", "application/json",
        "Application/JSON ;v=1",
        "application/problem+json", "application/vnd.api+JSON", "application/xml", "application/atom+xml",
        "image/svg+xml",
        "application/javascript", "application/x-ndjson", "application/wasm", "application/openapi+yaml", "font/ttf",
        " text/html ", "text/html;", "application/json;charset=\"a;b\"",
    ])
    func `text is worth coding`(type: String) {
        #expect(CompressibleType.isWorthwhile(bytes(type)[...]))
    }

    @Test(arguments: [
        "", "text", "text/", "/html", "text/ html", "te xt/html", "image/png", "image/jpeg", "image/webp", "video/mp4",
        "audio/ogg", "application/zip", "application/gzip", "application/zstd", "font/woff2", "application/pdf",
        "application/octet-stream", "multipart/form-data; boundary=x", "multipart/x-mixed-replace",
        "application/jsonp2",
        "application/grpc", "+json", "json", "text/html, text/plain", "application/json+zip",
    ])
    func `what has a coding of its own, and what is not known, is not`(type: String) {
        #expect(!CompressibleType.isWorthwhile(bytes(type)[...]))
    }

    @Test func `no-transform is found among other directives`() {
        for line in ["no-transform", "max-age=1, No-Transform", "private=\"a, b\" ,no-transform,"] {
            #expect(CacheDirective.forbidsTransforming(bytes(line)[...]), "\(line)")
        }
        for line in [
            "", "no-store", "no-transform=1", "x=\"no-transform\"", "x=\"a, no-transform\"", "x=\"\\\", no-transform\"",
        ] {
            #expect(!CacheDirective.forbidsTransforming(bytes(line)[...]), "\(line)")
        }
    }

    @Test(arguments: [
        ([], "Accept-Encoding"),
        (["Origin"], "Origin, Accept-Encoding"),
        (["Origin", "Accept , Cookie"], "Origin, Accept , Cookie, Accept-Encoding"),
        (["", " , "], "Accept-Encoding"),
        (["X-Accept-Encoding"], "X-Accept-Encoding, Accept-Encoding"),
        (["\"odd"], "\"odd, Accept-Encoding"),
    ])
    func `Vary gains one name`(lines: [String], wanted: String) {
        #expect(VaryField.withAcceptEncoding(lines.map(bytes)).map(text) == wanted)
    }

    @Test(arguments: [["*"], ["Origin, *"], ["accept-encoding"], ["Origin", "a, ACCEPT-ENCODING ,b"]])
    func `Vary stays as it is where it says so already`(lines: [String]) {
        #expect(VaryField.withAcceptEncoding(lines.map(bytes)) == nil)
    }

    @Test func `every field with a digest is known by name`() {
        for name in ["Content-Digest", "repr-digest", "DIGEST", "Content-MD5"] {
            #expect(DigestFields.isDigest(bytes(name)[...]), "\(name)")
        }
        for name in ["Want-Content-Digest", "ETag", "Content-Digests", ""] {
            #expect(!DigestFields.isDigest(bytes(name)[...]), "\(name)")
        }
    }

    /// A hash that anyone can work out: the algorithm's length, then the bytes.
    private func hash(_ algorithm: DigestAlgorithm, _ bytes: [UInt8]) -> [UInt8] {
        [algorithm == .sha256 ? 32 : 64] + bytes
    }

    private func recomputed(_ lines: String...) -> String? {
        DigestFields.recomputed(lines.map(bytes), original: bytes("ab"), coded: bytes("z"), hash: hash).map(text)
    }

    @Test func `a true digest is made anew over the coded bytes`() {
        // 32 "a" "b" and 64 "a" "b"; 32 "z" and 64 "z".
        #expect(recomputed("sha-256=:IGFi:") == "sha-256=:IHo=:")
        #expect(recomputed("sha-512=:QGFi:, sha-256=:IGFi:") == "sha-256=:IHo=:, sha-512=:QHo=:")
        #expect(recomputed("md5=:AAAA:", "sha-512=:QGFi:;x=1") == "sha-512=:QHo=:")
    }

    @Test func `a digest that is wrong, unknown or malformed is left out`() {
        #expect(recomputed("sha-256=:IGFj:") == nil)
        #expect(recomputed("sha-256=:IGFj:, sha-512=:QGFi:") == "sha-512=:QHo=:")
        #expect(recomputed("md5=:IGFi:") == nil)
        #expect(recomputed("sha-256=IGFi") == nil)
        #expect(recomputed("sha-256=(:IGFi:)") == nil)
        #expect(recomputed("sha-256") == nil)
        #expect(recomputed("sha-256=:IGFi") == nil)
        #expect(recomputed() == nil)
    }
}
