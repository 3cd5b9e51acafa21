import Catalog
import HTTPSemantics

/// One guard, ready for use.
struct ContentRule: Sendable {
    /// The most entries of a table of keywords.
    private static let mostKeywordEntries = 8_000_000

    /// What its findings are called.
    let name: String
    /// What it does about them.
    let mode: ContentGuard.Mode
    /// The texts it looks at.
    let direction: ContentGuard.Direction
    /// What is put in place of what it masks, as UTF-8.
    let replacement: [UInt8]
    /// Finds what it looks for.
    let finder: ContentFinder
    private let places: [JSONPointer]

    /// Compiles `rule`, the guard at `index` of its list.
    init(_ rule: ContentGuard, at index: Int) throws(ContentRuleFault) {
        let sort = Self.sort(of: rule.find)
        name = rule.name ?? sort
        mode = rule.mode
        direction = rule.on
        replacement = Array((rule.replacement ?? "[\(sort)]").utf8)
        do throws(Fault) {
            finder = try Self.finder(of: rule.find)
            places = try rule.at.map { text throws(Fault) in
                guard let pointer = JSONPointer(text) else { throw Fault(.badPointer(text)) }
                return pointer
            }
        } catch {
            throw ContentRuleFault(rule: rule.name ?? sort, index: index, reason: error.reason)
        }
    }

    /// Whether it looks at texts of `direction` at all.
    func looks(at direction: ContentGuard.Direction) -> Bool {
        self.direction == .both || direction == .both || self.direction == direction
    }

    /// Whether it looks at texts of `direction` at `place` of a body; `nil` is a text that is in none.
    func looks(at place: [String]?, _ direction: ContentGuard.Direction) -> Bool {
        guard looks(at: direction) else { return false }
        guard !places.isEmpty else { return true }
        guard let place else { return false }
        return places.contains { pointer in
            pointer.tokens.count <= place.count && zip(pointer.tokens, place).allSatisfy { $0 == "*" || $0 == $1 }
        }
    }

    private struct Fault: Error {
        let reason: ContentRuleFault.Reason

        init(_ reason: ContentRuleFault.Reason) { self.reason = reason }
    }

    private static func sort(of pattern: GuardPattern) -> String {
        switch pattern {
        case .format(let format): format.rawValue
        case .keyword: "keyword"
        case .regex: "regex"
        }
    }

    private static func finder(of pattern: GuardPattern) throws(Fault) -> ContentFinder {
        switch pattern {
        case .format(let format):
            return .format(format)
        case .keyword(let words):
            guard !words.isEmpty, !words.contains(where: \.isEmpty) else { throw Fault(.emptyKeyword) }
            let letters = Set(words.flatMap { $0.unicodeScalars.map { CaseFolding.folded($0.value) } }).count + 1
            let nodes = words.reduce(1) { $0 + $1.unicodeScalars.count }
            guard nodes <= mostKeywordEntries / letters else { throw Fault(.tooManyKeywords) }
            return .keywords(KeywordFinder(words))
        case .regex(let pattern):
            do throws(RegexFault) {
                return .regex(try RegexFinder(pattern))
            } catch {
                throw Fault(.regex(error))
            }
        }
    }
}
