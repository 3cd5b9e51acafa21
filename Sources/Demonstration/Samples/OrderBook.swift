import HTTPSemantics
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Takes orders, and makes a new one of every POST, be it a retry or not.
final class OrderBook: SampleAPI {
    private let count = Mutex<Int>(0)

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.post("/orders") { request, _ in
            _ = try await request.body.collect(upTo: 1 << 16)
            let number = self.count.withLock { count in
                count += 1
                return count
            }
            return Self.answer(.created, ["order": .number(JSONNumber(number))])
        }
        router.get("/orders") { _, _ in Self.answer(.ok, ["count": .number(JSONNumber(self.count.withLock { $0 }))]) }
    }

    private static func answer(_ status: HTTPResponse.Status, _ value: JSONValue) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(value)))
        )
    }
}
