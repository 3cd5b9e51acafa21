/// How an upstream names and compares versions (contract, section 8, `dialect`).
package enum DialectPolicy: Sendable, Equatable {
    /// `_rev`.
    case couchdb
    /// `_seq_no` and `_primary_term`.
    case elasticsearch
    /// `metadata.resourceVersion`.
    case kubernetes
    /// A version at an RFC 6901 pointer in the document, and what carries it back.
    case anywhere(version: String, send: Carrier)

    /// What carries a version back.
    package enum Carrier: Sendable, Equatable {
        /// A parameter of the query.
        case query(String)
        /// A header field.
        case header(String)
        /// A place in the body, as an RFC 6901 pointer.
        case pointer(String)
    }
}
