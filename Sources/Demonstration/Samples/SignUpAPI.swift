import HTTPSemantics
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Signs people up, and refuses a name that is taken in the words of many a tutorial.
final class SignUpAPI: SampleAPI {
    private let names = Mutex<Set<String>>([])

    func addRoutes(to router: Router<BasicRequestContext>) {
        router.post("/signup") { request, _ in
            let body = try await request.body.collect(upTo: 1 << 16)
            let name = (try? JSONParser.parse(Array(body.readableBytesView)))?["name"]?.string
            guard let name, !name.isEmpty else { return Self.answer(.badRequest, ["error": "A name is needed"]) }
            guard self.names.withLock({ $0.insert(name).inserted }) else {
                return Self.answer(.conflict, ["error": "This user name is already taken"])
            }
            return Self.answer(.created, ["name": .string(name)])
        }
    }

    private static func answer(_ status: HTTPResponse.Status, _ value: JSONValue) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(value)))
        )
    }
}
