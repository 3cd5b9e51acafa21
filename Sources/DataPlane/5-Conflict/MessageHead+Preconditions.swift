import HTTPSemantics
import HTTPWire

extension MessageHead {
    private static let conditionFields = FieldSet(.ifMatch, .ifNoneMatch, .ifModifiedSince, .ifUnmodifiedSince)

    /// Whether the request names a version that it depends on.
    var namesVersion: Bool {
        !present.intersection(FieldSet(.ifMatch, .ifNoneMatch, .ifUnmodifiedSince)).isEmpty
    }

    /// The version that the request names in a field, as it was written but for bytes that are no text of their own.
    func namedVersion(_ field: FieldName) -> String? {
        slice(of: field).map { EntityTag.text(ofField: copy($0)) }
    }

    /// The version that the request names, or of which it says that there must be none.
    var namedVersion: String? { namedVersion(.ifMatch) ?? namedVersion(.ifNoneMatch) }

    /// What the request depends on; `isSafe` says whether its method only reads.
    func preconditions(isSafe: Bool) throws(MalformedCondition) -> Preconditions {
        guard !present.intersection(Self.conditionFields).isEmpty else { return Preconditions() }
        let lines: [String: [[UInt8]]] = [
            "If-Match": values(of: .ifMatch),
            "If-None-Match": values(of: .ifNoneMatch),
            "If-Modified-Since": values(of: .ifModifiedSince),
            "If-Unmodified-Since": values(of: .ifUnmodifiedSince),
        ]
        return try Preconditions(reading: { lines[$0] ?? [] }, isSafe: isSafe)
    }
}
