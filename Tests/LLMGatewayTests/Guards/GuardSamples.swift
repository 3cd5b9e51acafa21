import Catalog
import ContentGuarding
import TestKit

/// Guards, and texts full of what they look for and of what nearly is.
enum GuardSamples {
    /// Guards of every sort that mask.
    static let masking: [ContentGuard] = [
        rule(.format(.email)), rule(.format(.card)), rule(.keyword(["bluebird", "night jar"])),
        rule(.regex("[A-Z]{3}-[0-9]{4}")),
    ]

    private static let parts: [String] = [
        "ada@example.com", "ada", "@example", ".com", "b.c@d.org", "4111 1111 1111 1111", "4242424242424242", "4111 ",
        "1111", " 1111", "bluebird", "BLUE", "bird", "night", " jar", "ABC-1234", "ABC-", "12", "34", "e\u{301}", "é",
        "👨‍👩‍👧", "\r\n", "\"", "\\", "{", "}", " ", " ", " ", ".", ",", "x", "7", "-", "日本",
    ]

    /// A guard.
    static func rule(
        _ find: GuardPattern,
        _ mode: ContentGuard.Mode = .mask,
        name: String? = nil,
        at places: [String] = [],
        on direction: ContentGuard.Direction = .both
    ) -> ContentGuard {
        var rule = ContentGuard(find: find)
        rule.name = name
        rule.mode = mode
        rule.at = places
        rule.on = direction
        return rule
    }

    /// Rules that mask e-mail addresses.
    static func emails(_ mode: ContentGuard.Mode = .mask) throws -> ContentRules {
        try ContentRules(compiling: [rule(.format(.email), mode)])
    }

    /// Text of up to `longest` parts.
    static func text(_ chance: inout SeededGenerator, longest: Int = 14) -> String {
        (0..<Int.random(in: 0...longest, using: &chance)).map { _ in
            parts.randomElement(using: &chance) ?? ""
        }.joined()
    }

    /// A text cut into pieces between its code points; some are empty.
    static func pieces(of text: String, _ chance: inout SeededGenerator) -> [String] {
        var pieces: [String] = []
        var piece = ""
        let longest = Int.random(in: 1...12, using: &chance)
        for scalar in text.unicodeScalars {
            piece.unicodeScalars.append(scalar)
            guard Int.random(in: 0..<longest, using: &chance) == 0 else { continue }
            pieces.append(piece)
            piece = ""
        }
        return pieces + [piece]
    }
}
