package import HTTPWire

/// All that can be seen of a head once it was read, for comparing two ways of reading it.
package struct HeadReading: Equatable, Sendable {
    /// A field as it was found.
    package struct Field: Equatable, Sendable {
        /// Which field it is.
        package let id: FieldName
        /// Its name as it came.
        package let name: [UInt8]
        /// Its value without surrounding white space.
        package let value: [UInt8]
        /// Where its line ends.
        package let end: UInt16
    }

    /// How reading ended.
    package enum Ending: Equatable, Sendable {
        /// The head is there.
        case complete
        /// The bytes are the beginning of a head.
        case needsMore
        /// The bytes are no head.
        case fault(WireFault)
    }

    /// What one question about the finished head was answered with.
    package enum Answer<Value: Equatable & Sendable>: Equatable, Sendable {
        /// The answer.
        case value(Value)
        /// The refusal.
        case fault(WireFault)
    }

    /// How reading ended.
    package private(set) var ending = Ending.needsMore
    /// Bytes that belong to the head and to what stands before it.
    package private(set) var taken = 0
    /// The head's bytes.
    package private(set) var bytes: [UInt8] = []
    /// The fields in order.
    package private(set) var fields: [Field] = []
    /// Method of a request.
    package private(set) var method: [UInt8] = []
    /// Target of a request.
    package private(set) var target: [UInt8] = []
    /// Status of an answer.
    package private(set) var status = 0
    /// 1 for HTTP/1.1.
    package private(set) var minorVersion: UInt8 = 1
    /// Recognised fields.
    package private(set) var present = FieldSet(rawValue: 0)
    /// Recognised fields that came more than once.
    package private(set) var repeated = FieldSet(rawValue: 0)
    /// The body's framing: of the request, or of an answer to something other than HEAD.
    package private(set) var framing = Answer<BodyFraming>.value(.none)
    /// The framing of an answer to HEAD.
    package private(set) var framingToHead = Answer<BodyFraming>.value(.none)
    /// Whether Host is right.
    package private(set) var host = Answer<Bool>.value(true)
    /// Whether the connection stays open.
    package private(set) var keepsAlive = false

    /// Reads a head of this role from `input`, cut in this way.
    package init(_ input: [UInt8], as role: MessageHead.Role, cut cutting: Cutting = .whole) {
        var head = MessageHead(role)
        do throws(WireFault) {
            for piece in cutting.pieces(of: input) {
                let (progress, count) = try unsafe head.take(piece.count, from: piece.span.bytes)
                taken += count
                guard progress == .complete else { continue }
                ending = .complete
                describe(head, as: role)
                return
            }
        } catch {
            // How much was taken before a fault depends on the pieces, and nobody asks.
            (ending, taken) = (.fault(error), 0)
        }
    }

    private mutating func describe(_ head: borrowing MessageHead, as role: MessageHead.Role) {
        bytes = head.bytes
        for line in head.fields {
            fields.append(
                Field(id: line.id, name: head.copy(line.name), value: head.copy(line.value), end: line.end)
            )
        }
        (method, target) = (head.copy(head.method), head.copy(head.target))
        (status, minorVersion) = (head.status, head.minorVersion)
        (present, repeated) = (head.present, head.repeated)
        keepsAlive = head.keepsAlive
        do throws(WireFault) {
            framing = .value(role == .request ? try head.requestFraming() : try head.answerFraming(toHead: false))
        } catch { framing = .fault(error) }
        do throws(WireFault) {
            framingToHead = .value(role == .request ? .none : try head.answerFraming(toHead: true))
        } catch { framingToHead = .fault(error) }
        do throws(WireFault) { try head.checkHost() } catch { host = .fault(error) }
    }
}
