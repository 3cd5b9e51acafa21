import HTTPSemantics
import NIOCore

/// A crowd that edits one item at the same time: everybody reads it, adds a line of their own, and writes it back.
struct Editors: Sendable {
    /// How a crowd gets at the item.
    struct Way: Sendable {
        /// Through what.
        let caller: Caller
        /// The item's path.
        let path: String
        /// Who writes, taking turns; nobody in particular if empty.
        let consumers: [SampleConsumer]
        /// Whether writes name the version they are based on.
        let isConditional: Bool
    }

    /// A crowd gives up on a write that is refused this often.
    private static let patience = 1_000
    private let way: Way

    /// A crowd.
    init(_ way: Way) { self.way = way }

    /// Puts the item as it is before anybody edits it.
    func prepare() async throws {
        let blank: JSONValue = ["title": "Shared cart", "count": 0, "lines": []]
        let reply = try await way.caller.send(Call("PUT", way.path, body: JSONWriter.bytes(blank)))
        guard reply.isSuccess else { throw CallFault(description: "PUT \(way.path) was answered with \(reply.status)") }
    }

    /// Lets `count` editors loose on the item, and counts what is left of their work.
    func edit(count: Int) async throws -> EditCount {
        let began = NIODeadline.now()
        var total = try await withThrowingTaskGroup(of: EditCount.self) { group in
            for number in 1...max(1, count) { group.addTask { try await addLine(number) } }
            return try await group.reduce(into: EditCount()) { $0.add($1) }
        }
        total.milliseconds = (NIODeadline.now() - began).nanoseconds / 1_000_000
        let item = try await read(as: 0)
        total.kept = item.json?["lines"]?.array?.count ?? 0
        return total
    }

    /// One editor: again and again until the line is in.
    private func addLine(_ number: Int) async throws -> EditCount {
        var count = EditCount()
        for _ in 1...Self.patience {
            let item = try await read(as: number)
            count.attempts += 1
            let reply = try await write(item, as: number)
            switch reply.status {
            case 200...299:
                count.saved += 1
                return count
            case 412: count.refused += 1
            case 409 where reply.json?["retryable"]?.bool == true:
                count.refused += 1
                try await Task.sleep(for: .milliseconds(Int64.random(in: 5...25)))  // as the answer asks
            default: throw CallFault(description: "PUT \(way.path) was answered with \(reply.status): \(reply.text)")
            }
        }
        return count
    }

    private func read(as number: Int) async throws -> Reply {
        let reply = try await way.caller.send(Call("GET", way.path, fields(number)))
        guard reply.isSuccess else { throw CallFault(description: "GET \(way.path) was answered with \(reply.status)") }
        return reply
    }

    private func write(_ item: Reply, as number: Int) async throws -> Reply {
        guard var object = item.json?.object else {
            throw CallFault(description: "GET \(way.path) gave no JSON object")
        }
        let lines = object["lines"]?.array ?? []
        object.set("count", to: .number(JSONNumber(lines.count + 1)))
        object.set("lines", to: .array(lines + [.string("line of editor \(number)")]))
        var fields = fields(number)
        if way.isConditional, let tag = item["ETag"] { fields.append(Call.Field("If-Match", tag)) }
        return try await way.caller.send(Call("PUT", way.path, fields, body: JSONWriter.bytes(.object(object))))
    }

    private func fields(_ number: Int) -> [Call.Field] {
        way.consumers.isEmpty ? [] : [way.consumers[number % way.consumers.count].field]
    }
}
