/// The entity tag of the upstream together with the coding in which the gateway sends what it names.
///
/// A representation that is coded on the way needs a strong tag of its own (RFC 9110, section 8.8.3.3), and the tag that
/// comes back in a condition must lead to the upstream's (standards §4.4). Both follow from the tag alone, without any
/// memory:
///
/// | upstream's tag | uncoded | gzip | br | zstd |
/// |---|---|---|---|---|
/// | `"x"` | `"x"` | `"x--gz"` | `"x--br"` | `"x--zs"` |
/// | `W/"x"` | `W/"x"` | `W/"x--gz"` | `W/"x--br"` | `W/"x--zs"` |
/// | `"x--gz"` | `"x--gz--id"` | `"x--gz--gz"` | `"x--gz--br"` | `"x--gz--zs"` |
/// | `"x--id"` | `"x--id--id"` | `"x--id--gz"` | `"x--id--br"` | `"x--id--zs"` |
///
/// An upstream's tag that ends like one of ours is marked with `--id` where it goes out uncoded, so that no two pairs of
/// tag and coding are ever sent as the same tag, and taking one suffix off always gives the pair back. The only tags
/// never given out are those in `--id` without a second such suffix before it; where a client sends one (it may have
/// got it before the policy was switched on), it is taken as it stands. Weakness is never changed.
package struct CodedTag: Hashable, Sendable {
    private static let escape: [UInt8] = [0x2D, 0x2D, 0x69, 0x64]

    /// The tag as the upstream made it.
    package let original: EntityTag
    /// The coding of the representation; `nil` for the bytes as the upstream sent them.
    package let coding: AnswerCoding?

    /// The tag of what `original` names, in `coding`.
    package init(original: EntityTag, coding: AnswerCoding?) {
        self.original = original
        self.coding = coding
    }

    /// What a client's tag stands for.
    package init(sent: EntityTag) {
        let opaque = sent.opaque[...]
        let base = opaque.dropLast(4)
        coding = AnswerCoding.ofSuffix(opaque)
        if coding != nil || Self.isEscape(opaque) && Self.isReserved(base) {
            original = EntityTag(isWeak: sent.isWeak, opaque: Array(base))
        } else {
            original = sent
        }
    }

    /// The tag as clients get it.
    package var sent: EntityTag {
        if let coding {
            EntityTag(isWeak: original.isWeak, opaque: original.opaque + coding.suffix)
        } else if Self.isReserved(original.opaque[...]) {
            EntityTag(isWeak: original.isWeak, opaque: original.opaque + Self.escape)
        } else {
            original
        }
    }

    private static func isEscape(_ opaque: ArraySlice<UInt8>) -> Bool { opaque.suffix(4).elementsEqual(escape) }

    /// Whether `opaque` ends like a tag of ours.
    private static func isReserved(_ opaque: ArraySlice<UInt8>) -> Bool {
        AnswerCoding.ofSuffix(opaque) != nil || isEscape(opaque)
    }
}
