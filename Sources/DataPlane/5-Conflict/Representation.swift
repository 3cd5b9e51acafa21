import ConflictEngine
import HTTPSemantics
import HTTPWire

/// A representation as read from upstream: what a version is made of.
struct Representation {
    /// The status it came with.
    let status: Int
    /// The bytes, identity-coded unless ``isCoded``.
    var body: [UInt8]
    /// Whether the bytes are all there are.
    var isWhole: Bool
    /// Content-Type, empty if absent.
    let mediaType: [UInt8]
    /// Content-Language, empty if absent.
    let language: [UInt8]
    /// The upstream's own tag.
    let upstreamTag: EntityTag?
    /// Last-Modified in seconds since 1970.
    let lastModified: Int64?
    /// Whether a content coding was applied although none was asked for.
    let isCoded: Bool
    /// Whether it is of a sort that has no end to wait for.
    let isEndless: Bool
    /// How the upstream names versions in its documents, if it does.
    let dialect: VersionDialect?

    /// Reads what a head says; the body follows.
    init(
        head: borrowing MessageHead,
        dialect: VersionDialect? = nil,
        body: [UInt8] = [],
        isWhole: Bool = false
    ) {
        self.dialect = dialect
        status = head.status
        self.body = body
        self.isWhole = isWhole
        mediaType = head.slice(of: .contentType).map { head.copy($0) } ?? []
        language = head.slice(of: .contentLanguage).map { head.copy($0) } ?? []
        upstreamTag = head.repeated.has(.etag) ? nil : head.slice(of: .etag).flatMap { EntityTag(field: head.copy($0)) }
        lastModified = head.slice(of: .lastModified).flatMap { HTTPDate.seconds(parsing: head.copy($0)) }
        let coding = head.slice(of: .contentEncoding)
        isCoded = coding.map { !head.matches($0, "identity") } ?? false
        let essence = MediaType(field: mediaType)?.essence ?? ""
        isEndless = essence == "text/event-stream" || essence == "multipart/x-mixed-replace"
    }

    /// Whether the upstream's own tag is strong and so is the version.
    var hasOwnStrongTag: Bool { dialect == nil && upstreamTag.map { !$0.isWeak } ?? false }

    /// Whether the upstream made the version, so that it means nothing to callers who were not given it.
    var isVersionOfUpstream: Bool { dialect != nil || hasOwnStrongTag }

    /// Whether a version can be told.
    var isVersionable: Bool { status == 200 && isWhole && !isCoded && !isEndless }

    /// The version: the upstream's own strong tag, or one derived from bytes and media type.
    var version: EntityTag? {
        guard isVersionable else { return nil }
        if let dialect { return (try? JSONParser.parse(body)).flatMap(dialect.tag) }
        if let upstreamTag, !upstreamTag.isWeak { return upstreamTag }
        let tag = VersionDerivation.tag(of: body, mediaType: mediaType, contentLanguage: language)
        return EntityTag(field: tag)
    }
}
