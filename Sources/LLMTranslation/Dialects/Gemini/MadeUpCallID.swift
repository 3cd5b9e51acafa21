/// Identifiers for calls that came without one, so that other dialects can tie results to them.
///
/// They can be told from a vendor's own, so that they are left out again on the way back.
enum MadeUpCallID {
    /// Characters of the tool's name that go into an identifier: OpenAI takes 40 characters at most.
    private static let nameLength = 16

    /// The identifier of the `number`th call in a conversation, or in the answer called `answer`.
    static func text(_ number: Int, of name: String, in answer: String = "") -> String {
        let tag = answer.isEmpty ? "\(number)" : "\(number)x\(hash(answer))"
        return "call_\(tag)_\(plain(name))"
    }

    /// The `number`th call of an answer, with an identifier if the provider gave none.
    static func named(_ call: ToolCall, _ number: Int, _ face: AnswerFace) -> ToolCall {
        guard call.id.isEmpty else { return call }
        var call = call
        call.id = text(number, of: call.name, in: face.seed)
        return call
    }

    /// Whether `id` was made up for a call of the tool `name`.
    static func matches(_ id: String, name: String) -> Bool {
        let bytes = Array(id.utf8)
        let ending = Array("_\(plain(name))".utf8)
        guard bytes.starts(with: Array("call_".utf8)), bytes.count > 5 + ending.count else { return false }
        let tag = bytes[5..<(bytes.count - ending.count)]
        guard bytes[(bytes.count - ending.count)...].elementsEqual(ending) else { return false }
        let number = tag.prefix { $0 &- 0x30 < 10 }
        let rest = tag.dropFirst(number.count)
        guard !number.isEmpty, !rest.isEmpty else { return !number.isEmpty }
        return rest.count == 9 && rest.first == 0x78 && rest.dropFirst().allSatisfy(isHexDigit)
    }

    /// What all dialects take in an identifier: letters, digits, `_` and `-`.
    private static func plain(_ name: String) -> String {
        var result: [UInt8] = []
        for byte in name.utf8.prefix(nameLength) {
            let isPlain = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2D
            result.append(isPlain ? byte : 0x5F)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Eight digits that stand for a text (FNV-1a, 32 bits).
    private static func hash(_ text: String) -> String {
        var hash: UInt32 = 2_166_136_261
        for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || byte &- 0x61 < 6 }
}
