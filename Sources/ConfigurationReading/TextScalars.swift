/// A text by Unicode scalars and lines, as YAML counts them.
struct TextScalars {
    /// The scalars.
    private(set) var scalars: [Unicode.Scalar]
    private let lineStarts: [Int]

    /// Finds the lines of `text`.
    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        var starts = [0]
        for (index, scalar) in scalars.enumerated() where Self.isBreak(scalar) {
            if scalar == "\r", index + 1 < scalars.count, scalars[index + 1] == "\n" { continue }
            starts.append(index + 1)
        }
        lineStarts = starts
    }

    /// The whole text.
    var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The index of the scalar at `position`, if the text reaches that far.
    func index(of position: Position) -> Int? {
        guard lineStarts.indices.contains(position.line - 1) else { return nil }
        let index = lineStarts[position.line - 1] + position.column - 1
        return scalars.indices.contains(index) ? index : nil
    }

    /// The position of the scalar at `index`.
    func position(of index: Int) -> Position {
        let line = lineStarts.lastIndex { $0 <= index } ?? 0
        return Position(line: line + 1, column: index - lineStarts[line] + 1)
    }

    /// The position of the last scalar that is neither space nor line break.
    var lastPosition: Position {
        position(of: scalars.lastIndex { $0 != " " && $0 != "\t" && !Self.isBreak($0) } ?? 0)
    }

    /// Whether `expected` stands at `index`.
    func holds(_ expected: [Unicode.Scalar], at index: Int) -> Bool {
        index + expected.count <= scalars.count && Array(scalars[index..<index + expected.count]) == expected
    }

    /// Overwrites `count` scalars from `index` with `filler`.
    mutating func overwrite(_ count: Int, at index: Int, with filler: Unicode.Scalar) {
        scalars.replaceSubrange(index..<index + count, with: repeatElement(filler, count: count))
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }
}
