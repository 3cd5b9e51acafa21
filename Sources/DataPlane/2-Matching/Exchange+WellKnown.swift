import ConflictEngine
import HTTPWire

extension Exchange {
    private static let prefix = Array("/.well-known/parley/".utf8)

    /// Answers the gateway's own pages and endpoints, which no route can take.
    func wellKnown() -> Verdict? {
        guard startsWith(Self.prefix) else { return nil }
        let path = self.path
        ownPath = path
        let name = String(decoding: path.dropFirst(Self.prefix.count), as: UTF8.self)
        if name == "merge-preview" { return beginErrand(MergePreview(self), allowed: ["GET", "HEAD", "POST"]) }
        if name == "locks" { return beginErrand(LocksErrand(self, id: nil), allowed: ["GET", "HEAD", "POST"]) }
        if name.hasPrefix("locks/") {
            let errand = LocksErrand(self, id: String(name.dropFirst("locks/".count)))
            return beginErrand(errand, allowed: ["GET", "HEAD", "PUT", "DELETE"])
        }
        guard name == "problems" || name == "problems/" || name.hasPrefix("problems/") else {
            return .reply(.problem(.noRoute, "The gateway has no page at \(pathText)."))
        }
        return .reply(problemPage(kind: String(name.dropFirst("problems/".count))))
    }

    private func problemPage(kind: String) -> LocalReply {
        guard method == .get || method == .head else { return .methodNotAllowed(allowed: ["GET", "HEAD"]) }
        guard let page = kind.isEmpty ? ProblemPage.index() : ProblemPage.html(named: kind) else {
            return .problem(
                .noRoute,
                "There is no kind of problem called «\(kind)»; see /.well-known/parley/problems/."
            )
        }
        return .page(page, policy: ProblemPage.contentSecurityPolicy)
    }

    private func beginErrand(_ errand: Errand, allowed: [String]) -> Verdict {
        guard allowed.contains(connection.head.text(connection.head.method)) else {
            return .reply(.methodNotAllowed(allowed: allowed))
        }
        return beginErrand(errand)
    }

    /// Has an errand answer this request.
    func beginErrand(_ errand: Errand) -> Verdict {
        versioning = errand
        errand.begin()
        return .wait
    }

    private func startsWith(_ prefix: [UInt8]) -> Bool {
        if let path = rewrittenPath { return path.starts(with: prefix) }
        let range = pathSlice.range
        guard range.count >= prefix.count else { return false }
        let bytes = connection.head.bytes
        // The second byte tells almost every other path apart.
        guard bytes[range.lowerBound + 1] == prefix[1] else { return false }
        for index in prefix.indices where bytes[range.lowerBound + index] != prefix[index] { return false }
        return true
    }
}
