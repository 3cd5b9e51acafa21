import TestKit

extension SeededGenerator {
    /// A number below `bound`.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// One of `choices`.
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}
