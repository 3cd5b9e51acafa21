/// One state of a resource as the gateway saw it.
package struct VersionRecord: Sendable, Equatable {
    /// The write through the gateway that made a version.
    package struct Writer: Sendable, Equatable {
        /// Who wrote; `nil` for an anonymous caller.
        package let consumer: String?
        /// The request that wrote.
        package let requestID: String?
        /// The tag of the version that the write replaced; `nil` if there was none or it is unknown.
        package let replaced: [UInt8]?

        /// A writer.
        package init(consumer: String?, requestID: String?, replaced: [UInt8]?) {
            self.consumer = consumer
            self.requestID = requestID
            self.replaced = replaced
        }
    }

    /// The entity tag, with its quotes.
    package var tag: [UInt8]
    /// The identity-coded bytes.
    package var representation: [UInt8]
    /// The value of Content-Type; empty if there was none.
    package var mediaType: [UInt8]
    /// When the version was made or first seen, in milliseconds since 1970.
    package var time: Int64
    /// Who made it, where that went through the gateway.
    package var writer: Writer?
    /// The Accept header under which the tag was given out; `nil` if the request had none.
    package var accept: [UInt8]?
    /// A hash of what else chose the representation (query, language …); versions are counted per variant.
    package var variant: UInt64

    /// A version.
    package init(
        tag: [UInt8],
        representation: [UInt8],
        mediaType: [UInt8],
        time: Int64,
        writer: Writer? = nil,
        accept: [UInt8]? = nil,
        variant: UInt64 = 0
    ) {
        self.tag = tag
        self.representation = representation
        self.mediaType = mediaType
        self.time = time
        self.writer = writer
        self.accept = accept
        self.variant = variant
    }

    /// About how much memory the record takes, in bytes.
    var footprint: Int {
        let texts = (writer?.consumer?.utf8.count ?? 0) + (writer?.requestID?.utf8.count ?? 0)
        let bytes = tag.count + representation.count + mediaType.count + (accept?.count ?? 0)
        return bytes + texts + (writer?.replaced?.count ?? 0) + 256
    }
}
