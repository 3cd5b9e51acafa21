/// One conflict as the journal keeps it: who collided with what, and what became of it (contract, section 4).
package struct ConflictEntry: Sendable, Equatable {
    /// The one name of this entry: a UUIDv7 in text form, made by whoever saw the conflict.
    package var id: String
    /// When it happened, in milliseconds since 1970 UTC.
    package var time: Int64
    /// The service the request matched.
    package var service: String
    /// The route the request matched, within its service.
    package var route: String
    /// What was being changed, in the resource's normal form.
    package var resource: String
    /// The method as sent.
    package var method: String
    /// The caller, if known.
    package var consumer: String?
    /// The `X-Request-Id` of the exchange.
    package var requestID: String
    /// The kind's name, from the table of kinds.
    package var kind: String
    /// The status the client got; `nil` for kinds that are journaled only.
    package var status: Int?
    /// Who made the answer.
    package var origin: Origin
    /// The entity tag the caller named, as sent.
    package var yourVersion: String?
    /// The entity tag that was current, as sent.
    package var currentVersion: String?
    /// The write it collided with, where known.
    package var competing: Competing?
    /// What became of it.
    package var resolution: Resolution
    /// What the upstream said, cut and with secrets redacted by whoever records it.
    package var upstreamMessage: String?

    /// An entry of the fields that are always there; set the others afterwards.
    package init(
        id: String,
        time: Int64,
        service: String,
        route: String,
        resource: String,
        method: String,
        requestID: String,
        kind: String,
        origin: Origin,
        resolution: Resolution
    ) {
        self.id = id
        self.time = time
        self.service = service
        self.route = route
        self.resource = resource
        self.method = method
        self.requestID = requestID
        self.kind = kind
        self.origin = origin
        self.resolution = resolution
    }
}

extension ConflictEntry {
    /// Who made the answer that the client got.
    package enum Origin: String, Sendable, Equatable, CaseIterable {
        case gateway
        case upstream
    }

    /// What became of the request that met the conflict.
    package enum Outcome: String, Sendable, Equatable, CaseIterable {
        case refused
        case queued
        case merged
        case replayed
        case passed
    }

    /// How a conflict was resolved.
    package struct Resolution: Sendable, Equatable {
        /// What became of the request.
        package var outcome: Outcome
        /// How long it waited for its turn, in milliseconds, if it did.
        package var waitMilliseconds: Int?

        /// An outcome, with the wait before it if there was one.
        package init(_ outcome: Outcome, waitMilliseconds: Int? = nil) {
            self.outcome = outcome
            self.waitMilliseconds = waitMilliseconds
        }
    }

    /// The write that came first.
    package struct Competing: Sendable, Equatable {
        /// Who wrote, if known.
        package var consumer: String?
        /// When, in milliseconds since 1970 UTC.
        package var time: Int64?
        /// The `X-Request-Id` of that write.
        package var requestID: String?
        /// What it changed, as JSON pointers (RFC 6901).
        package var changed: [String]

        /// What is known of the other write.
        package init(consumer: String? = nil, time: Int64? = nil, requestID: String? = nil, changed: [String] = []) {
            self.consumer = consumer
            self.time = time
            self.requestID = requestID
            self.changed = changed
        }
    }
}
