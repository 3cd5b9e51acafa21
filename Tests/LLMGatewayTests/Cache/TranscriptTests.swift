import Testing

@testable import LLMGateway

@Suite struct TranscriptTests {
    @Test func `all that was sent is in it, as long as it is not too long`() {
        var transcript = Transcript(lines: bytes("A: b\r\n"), limit: 5)
        #expect(transcript.body == [])
        transcript.append(bytes("abc"))
        transcript.append(bytes("de"))
        #expect(transcript.body == bytes("abcde") && transcript.lines == bytes("A: b\r\n"))
        transcript.append([])
        #expect(transcript.body == bytes("abcde"))
        transcript.append(bytes("f"))
        #expect(transcript.body == nil)
        transcript.append([])
        #expect(transcript.body == nil)
    }

    @Test func `memory takes in all parts of an answer and its key`() {
        let key = AnswerCache.Key([bytes("abc")])
        let answer = KeptModelAnswer(lines: bytes("12345"), body: bytes("1234567"), currency: "EUR", time: 0)
        #expect(answer.footprint(key) == "3:abc".utf8.count + 5 + 7 + 256)
    }
}
