/// The value of `If-Range`: take the range only if the representation is still this one (RFC 9110, section 13.1.5).
package enum IfRange: Sendable, Equatable {
    /// The representation with this tag.
    case tag(EntityTag)
    /// The representation of this date, in seconds since 1970.
    case date(Int64)
    /// Neither; never holds, so that the whole representation is sent.
    case malformed

    /// Reads the field; a double quote among the first three bytes tells a tag from a date.
    package init(field: [UInt8]) {
        if ASCII.trimmed(field[...]).prefix(3).contains(ASCII.quote) {
            self = EntityTag(field: field).map(Self.tag) ?? .malformed
        } else {
            self = HTTPDate.seconds(parsing: field).map(Self.date) ?? .malformed
        }
    }

    /// Whether the range may be served; if not, `Range` is ignored and the whole representation sent.
    ///
    /// A date holds only if it equals `lastModified` exactly and that is a strong validator, which it is where the
    /// answer was made (`date`) at least one second later (RFC 9110, section 8.8.2.2).
    package func holds(tag: EntityTag?, lastModified: Int64?, date: Int64?) -> Bool {
        switch self {
        case .tag(let wanted):
            return tag?.matchesStrongly(wanted) ?? false
        case .date(let wanted):
            guard let lastModified, let date, lastModified < date else { return false }
            return wanted == lastModified
        case .malformed:
            return false
        }
    }
}
