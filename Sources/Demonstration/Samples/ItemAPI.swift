import HTTPSemantics
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// An API of JSON documents as most are written: it reads, it writes, and it never asks what the writer had seen.
final class ItemAPI: SampleAPI {
    /// What a database takes, so that requests overlap as they do in real life.
    private static let work = Duration.milliseconds(3)

    private let items = Mutex<[String: JSONValue]>([:])
    private let orders = OrderBook()

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.get("/items/:id") { _, context in try await self.read(context.parameters.require("id")) }
        router.put("/items/:id") { request, context in
            try await self.replace(context.parameters.require("id"), with: Self.document(in: request))
        }
        router.patch("/items/:id") { request, context in
            try await self.change(context.parameters.require("id"), by: Self.document(in: request))
        }
        orders.addRoutes(to: router)
        router.delete("/items/:id") { _, context in try await self.remove(context.parameters.require("id")) }
    }

    private func read(_ id: String) async throws -> Response {
        let item = items.withLock { $0[id] }
        try await Task.sleep(for: Self.work)
        guard let item else { throw HTTPError(.notFound) }
        return Self.answer(.ok, item)
    }

    private func replace(_ id: String, with item: JSONValue) async throws -> Response {
        try await Task.sleep(for: Self.work)
        let isNew = items.withLock { $0.updateValue(item, forKey: id) == nil }
        return Self.answer(isNew ? .created : .ok, item)
    }

    /// Reads, changes some members, writes: whatever was written in between is gone.
    private func change(_ id: String, by changes: JSONValue) async throws -> Response {
        guard var object = items.withLock({ $0[id] })?.object else { throw HTTPError(.notFound) }
        try await Task.sleep(for: Self.work)
        for member in changes.object?.members ?? [] { object.set(member.name, to: member.value) }
        let item = JSONValue.object(object)
        items.withLock { $0[id] = item }
        return Self.answer(.ok, item)
    }

    private func remove(_ id: String) async throws -> Response {
        try await Task.sleep(for: Self.work)
        guard items.withLock({ $0.removeValue(forKey: id) }) != nil else { throw HTTPError(.notFound) }
        return Response(status: .noContent)
    }

    private static func document(in request: Request) async throws -> JSONValue {
        let body = try await request.body.collect(upTo: 1 << 20)
        guard let value = try? JSONParser.parse(Array(body.readableBytesView)), value.object != nil else {
            throw HTTPError(.badRequest, message: "The body must be a JSON object.")
        }
        return value
    }

    private static func answer(_ status: HTTPResponse.Status, _ item: JSONValue) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(item)))
        )
    }
}
