package import HTTPSemantics

/// How an upstream names versions of its documents and compares them itself (standards §12).
package enum VersionDialect: Sendable, Equatable {
    /// `_rev`; taken back in `If-Match`.
    case couchDB
    /// `_seq_no` and `_primary_term`; taken back in the query.
    case elasticsearch
    /// `metadata.resourceVersion`; taken back in the document, a patch, or the preconditions of a deletion.
    case kubernetes
    /// A version at a place in the document; taken back as the carrier says.
    case anywhere(version: JSONPointer, carrier: Carrier)

    /// What carries a version back.
    package enum Carrier: Sendable, Equatable {
        /// A parameter of the query.
        case query(String)
        /// A header field.
        case header(String)
        /// A place in the body.
        case body(JSONPointer)
    }

    /// The tag of the version that a document of the upstream says it is; `nil` if it says none.
    package func tag(of document: JSONValue) -> EntityTag? {
        switch self {
        case .couchDB: return (document["_rev"] ?? document["rev"]).flatMap(VersionText.init)?.tag
        case .elasticsearch:
            guard let number = document["_seq_no"]?.integer, let term = document["_primary_term"]?.integer else {
                return nil
            }
            return EntityTag(strong: Array("\(number)-\(term)".utf8))
        case .kubernetes: return document["metadata"]?["resourceVersion"].flatMap(VersionText.init)?.tag
        case .anywhere(let pointer, _): return pointer.lookup(in: document).flatMap(VersionText.init)?.tag
        }
    }
}
