import Catalog
import ContentGuarding
import HTTPSemantics
import TestKit

/// Random arguments of a call, as a model might write them: with escapes, blanks and numbers.
struct ArgumentSample {
    /// The arguments as they are written.
    let text: String
    private let value: JSONValue

    /// An object of texts, lists and numbers.
    init(_ chance: inout SeededGenerator) {
        var text = "{"
        for index in 0..<Int.random(in: 0...4, using: &chance) {
            text += (index == 0 ? "" : ",") + (Bool.random(using: &chance) ? " " : "") + "\"m\(index)\":"
            text += Self.member(&chance)
        }
        self.text = text + "}"
        value = (try? JSONParser.parse(Array(self.text.utf8))) ?? .null
    }

    private static func member(_ chance: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<6, using: &chance) {
        case 0: "4111111111111111"
        case 1: ["true", "null", "12", "-1.5e3"].randomElement(using: &chance) ?? "0"
        case 2: "[\(string(&chance)),{\"id\":\(string(&chance))}]"
        default: string(&chance)
        }
    }

    /// A text in which some characters are written as escapes that need none.
    private static func string(_ chance: inout SeededGenerator) -> String {
        var plain: [UInt8] = []
        JSONWriter.appendString(GuardSamples.text(&chance, longest: 6), to: &plain)
        var text = ""
        var isEscape = false
        for scalar in String(decoding: plain, as: UTF8.self).unicodeScalars {
            let mayHide = !isEscape && scalar.isASCII && scalar != "\"" && scalar != "\\"
            if mayHide, Int.random(in: 0..<5, using: &chance) == 0 {
                let code = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            } else {
                text.unicodeScalars.append(scalar)
            }
            isEscape = !isEscape && scalar == "\\"
        }
        return text
    }

    /// What guards must make of them: every text on its own, and numbers where they are found.
    func guarded(by rules: ContentRules) -> (text: String, findings: [ContentFinding]) {
        var findings: [ContentFinding] = []
        let result = Self.guarded(value, rules, &findings)
        let isChanged = findings.contains { $0.mode != .log }
        return (isChanged ? String(decoding: JSONWriter.bytes(result), as: UTF8.self) : text, findings)
    }

    private static func guarded(
        _ value: JSONValue,
        _ rules: ContentRules,
        _ findings: inout [ContentFinding]
    ) -> JSONValue {
        switch value {
        case .null, .bool: return value
        case .number(let number):
            guard number.text.count >= 8 else { return value }
            let result = rules.apply(to: String(decoding: number.text, as: UTF8.self), everywhere: .answers)
            findings += result.findings
            return result.findings.contains { $0.mode != .log } ? .string(result.text) : value
        case .string(let text):
            let result = rules.apply(to: text, everywhere: .answers)
            findings += result.findings
            return .string(result.text)
        case .array(let elements): return .array(elements.map { guarded($0, rules, &findings) })
        case .object(let object):
            var changed = JSONObject()
            for member in object.members { changed.set(member.name, to: guarded(member.value, rules, &findings)) }
            return .object(changed)
        }
    }
}
