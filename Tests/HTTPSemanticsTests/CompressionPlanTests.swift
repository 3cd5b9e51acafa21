import HTTPSemantics
import Testing

/// Which answers are coded, and under which tag each goes out.
struct CompressionPlanTests {
    private let rules = CompressionRules(codings: [.gzip, .br, .zstd])

    private func request(_ accept: String, _ method: CompressionRequest.Method = .read) -> CompressionRequest {
        CompressionRequest(method: method, accepted: AcceptEncoding(bytes(accept)[...]))
    }

    private func answer(_ change: (inout CompressionAnswer) -> Void = { _ in }) -> CompressionAnswer {
        var answer = CompressionAnswer(status: 200)
        answer.contentType = bytes("application/json")[...]
        answer.length = 5_000
        answer.etag = bytes(#""x""#)[...]
        change(&answer)
        return answer
    }

    private func decide(_ accept: String = "gzip, br", _ change: (inout CompressionAnswer) -> Void = { _ in })
        -> CompressionPlan
    {
        CompressionPlan.decide(request(accept), answer(change), rules)
    }

    @Test func `an answer worth coding goes out in the coding chosen, under its tag`() {
        #expect(decide() == .code(.gzip, tag: bytes(#""x--gz""#)))
        #expect(decide("br") == .code(.br, tag: bytes(#""x--br""#)))
        #expect(decide("zstd") { $0.etag = bytes(#"W/"x""#)[...] } == .code(.zstd, tag: bytes(#"W/"x--zs""#)))
        #expect(decide { $0.etag = nil } == .code(.gzip, tag: nil))
        #expect(decide { $0.length = nil } == .code(.gzip, tag: bytes(#""x--gz""#)))
        #expect(decide { $0.length = 1024 } == .code(.gzip, tag: bytes(#""x--gz""#)))
        #expect(decide { $0.status = 404 } == .code(.gzip, tag: bytes(#""x--gz""#)))
    }

    @Test(arguments: [100, 103, 204, 205])
    func `an answer without content is left`(status: Int) {
        #expect(decide { $0.status = status } == .leave(.noContent, tag: nil))
    }

    @Test func `every reason to leave a body keeps its tag`() {
        #expect(decide { $0.length = 0 } == .leave(.noContent, tag: nil))
        #expect(decide { $0.status = 206 } == .leave(.partial, tag: nil))
        #expect(decide { $0.isPartial = true } == .leave(.partial, tag: nil))
        #expect(decide { $0.isCoded = true } == .leave(.alreadyCoded, tag: nil))
        #expect(decide { $0.forbidsTransforming = true } == .leave(.transformForbidden, tag: nil))
        #expect(decide { $0.contentType = bytes("image/png")[...] } == .leave(.typeNotWorthwhile, tag: nil))
        #expect(decide { $0.contentType = nil } == .leave(.typeNotWorthwhile, tag: nil))
        #expect(decide { $0.length = 1023 } == .leave(.tooShort, tag: nil))
        #expect(decide("") == .leave(.notAccepted, tag: nil))
        var strict = request("gzip")
        strict.forbidsTransforming = true
        #expect(CompressionPlan.decide(strict, answer(), rules) == .leave(.transformForbidden, tag: nil))
        #expect(
            CompressionPlan.decide(request("gzip"), answer(), CompressionRules(codings: []))
                == .leave(.notAccepted, tag: nil)
        )
    }

    @Test func `a tag that ends like ours is marked, whatever the reason`() {
        let escaped = bytes(#""x--gz--id""#)
        let etag = bytes(#""x--gz""#)[...]
        #expect(decide("") { $0.etag = etag } == .leave(.notAccepted, tag: escaped))
        #expect(
            decide {
                $0.etag = etag; $0.isCoded = true
            } == .leave(.alreadyCoded, tag: escaped)
        )
        #expect(
            decide {
                $0.etag = etag; $0.status = 206
            } == .leave(.partial, tag: escaped)
        )
        #expect(
            decide {
                $0.etag = etag; $0.status = 204
            } == .leave(.noContent, tag: escaped)
        )
        #expect(decide { $0.etag = etag } == .code(.gzip, tag: bytes(#""x--gz--gz""#)))
    }

    @Test func `nothing is coded whose tag cannot be mapped`() {
        for malformed in ["x", "", #""x"#, #""x", "y""#, #"w/"x""#] {
            #expect(decide { $0.etag = bytes(malformed)[...] } == .leave(.tagNotMappable, tag: nil), "\(malformed)")
        }
        #expect(decide { $0.isTagRepeated = true } == .leave(.tagNotMappable, tag: nil))
    }

    @Test func `the answer to a write is coded but keeps the tag of what was stored`() {
        let plan = CompressionPlan.decide(request("gzip", .write), answer(), rules)
        #expect(plan == .code(.gzip, tag: nil))
        let marked = CompressionPlan.decide(
            request("gzip", .write),
            answer { $0.etag = bytes(#""x--br""#)[...] },
            rules
        )
        #expect(marked == .code(.gzip, tag: bytes(#""x--br--id""#)))
    }

    @Test func `what a tag means on an unknown method is not guessed`() {
        #expect(
            CompressionPlan.decide(request("gzip", .other), answer(), rules) == .leave(.tagOfUnknownMeaning, tag: nil)
        )
        #expect(
            CompressionPlan.decide(request("gzip", .other), answer { $0.etag = nil }, rules) == .code(.gzip, tag: nil)
        )
    }

    @Test func `who refuses uncoded bytes gets short and odd ones coded too`() {
        let accept = "gzip, identity;q=0"
        #expect(decide(accept) { $0.length = 3 } == .code(.gzip, tag: bytes(#""x--gz""#)))
        #expect(decide(accept) { $0.contentType = nil } == .code(.gzip, tag: bytes(#""x--gz""#)))
        #expect(decide(accept) { $0.length = 0 } == .leave(.noContent, tag: nil))
        #expect(decide(accept) { $0.forbidsTransforming = true } == .leave(.transformForbidden, tag: nil))
        #expect(decide("identity;q=0") == .leave(.notAccepted, tag: nil))
    }

    @Test func `a 304 goes out under the tag that the client holds`() {
        var asking = request("gzip, br")
        asking.ifNoneMatch = [bytes(#""x--br""#)]
        let notModified = answer {
            $0.status = 304; $0.length = nil; $0.contentType = nil
        }
        #expect(CompressionPlan.decide(asking, notModified, rules) == .leave(.notModified, tag: bytes(#""x--br""#)))
        asking.ifNoneMatch = [bytes(#""x""#)]
        #expect(CompressionPlan.decide(asking, notModified, rules) == .leave(.notModified, tag: nil))
        asking.ifNoneMatch = []
        #expect(CompressionPlan.decide(asking, notModified, rules) == .leave(.notModified, tag: bytes(#""x--gz""#)))
        let untagged = answer {
            $0.status = 304; $0.etag = nil
        }
        #expect(CompressionPlan.decide(asking, untagged, rules) == .leave(.notModified, tag: nil))
    }

    @Test func `Vary is due where another request would have got another coding`() {
        #expect(CompressionPlan.Reason.notAccepted.needsVary)
        #expect(CompressionPlan.Reason.notModified.needsVary)
        #expect(!CompressionPlan.Reason.tooShort.needsVary)
        #expect(!CompressionPlan.Reason.alreadyCoded.needsVary)
    }

    @Test func `only what has no strong tag may be flushed`() {
        #expect(!CompressionPlan.allowsFlushing(answer()))
        #expect(CompressionPlan.allowsFlushing(answer { $0.etag = nil }))
        #expect(CompressionPlan.allowsFlushing(answer { $0.etag = bytes(#"W/"x""#)[...] }))
    }
}
