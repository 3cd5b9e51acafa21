import ConflictEngine
import Foundation
import Testing

/// An answer from `Fixtures/answers`, and the kind that it should be given.
///
/// A file begins with `# kind: KIND` (or `none`) and `# request: METHOD /path`, then `# Name: value` for each field of
/// the request that matters; then status line, fields, an empty line and the body.
struct RecordedAnswer: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: String
    let answer: ObservedAnswer

    var testDescription: String { name }

    /// All recorded answers, by name.
    static let all: [RecordedAnswer] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/answers")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "http" }.sorted { $0.path < $1.path }.compactMap {
            RecordedAnswer($0)
        }
    }()

    init?(_ file: URL) {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        var notes: [(name: String, value: String)] = []
        while let line = lines.first, line.hasPrefix("# ") {
            notes.append(Self.field(line.dropFirst(2)))
            lines.removeFirst()
        }
        guard let kind = notes.first(where: { $0.name == "kind" })?.value,
            let request = notes.first(where: { $0.name == "request" })?.value,
            let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        let fields = lines.dropFirst().prefix { !$0.isEmpty }
        let body = lines.dropFirst(fields.count + 2).joined(separator: "\n")
        self.name = file.deletingPathExtension().lastPathComponent
        self.kind = kind
        self.answer = ObservedAnswer(
            method: request.split(separator: " ").first.map { String($0) } ?? "GET",
            status: status,
            conditions: Self.conditions(notes),
            fields: fields.map { Self.field($0[...]) },
            body: Array(body.utf8),
        )
    }

    private static func field(_ line: Substring) -> (name: String, value: String) {
        let parts = line.split(separator: ":", maxSplits: 1)
        let value = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        return (name: parts.first.map { $0.lowercased() } ?? "", value: value)
    }

    private static func conditions(_ notes: [(name: String, value: String)]) -> SentConditions {
        let names = Set(notes.map(\.name))
        return SentConditions(
            ifMatch: names.contains("if-match"),
            ifNoneMatch: names.contains("if-none-match"),
            ifNoneMatchAny: notes.contains { $0.name == "if-none-match" && $0.value == "*" },
            ifUnmodifiedSince: names.contains("if-unmodified-since"),
            idempotencyKey: names.contains("idempotency-key"),
            lockToken: names.contains("if") || names.contains("lock-token"),
        )
    }
}
