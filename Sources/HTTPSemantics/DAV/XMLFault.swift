/// Why bytes are not XML that is read here, or not the body of a LOCK request; the answer is 400.
package struct XMLFault: Error, Equatable {
    /// What is wrong.
    package enum Reason: Sendable, Equatable {
        /// UTF-16 or UTF-32.
        case wideEncoding
        /// A declared encoding other than UTF-8.
        case otherEncoding
        /// Bytes that are not UTF-8.
        case notUTF8
        /// A character that XML does not allow.
        case forbiddenCharacter
        /// The text ends in the middle of something.
        case endsEarly
        /// Something that is not XML.
        case malformed
        /// `<!DOCTYPE`.
        case documentType
        /// A reference to an entity other than the five predefined ones.
        case unknownEntity
        /// A prefix that nobody declared, or a declaration that is not allowed.
        case namespace
        /// The same attribute twice.
        case repeatedAttribute
        /// An end tag that does not belong to the open element.
        case wrongEndTag
        /// Something beside the one root element.
        case outsideRoot
        /// Elements nested too deeply, or too many attributes or namespaces.
        case tooMuch
        /// A root element other than the one expected.
        case wrongRoot
        /// Text where only elements may stand.
        case unexpectedText
        /// An element that may stand only once.
        case repeatedElement
        /// No `lockscope` with `exclusive` or `shared`.
        case missingScope
        /// No `locktype` with `write`.
        case missingType
        /// An owner that is longer than may be kept.
        case ownerTooLong
    }

    /// What is wrong.
    package let reason: Reason
    /// Where: bytes from the start of the body.
    package let offset: Int

    /// A fault at `offset`.
    init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The fault and its remedy, for the client.
    package var summary: String { "At byte \(offset) of the body: \(Self.words(reason))." }

    private static func words(_ reason: Reason) -> String {
        switch reason {
        case .wideEncoding: "UTF-16 and UTF-32 are not read; send the XML as UTF-8"
        case .otherEncoding: "the XML declares another encoding; send it as UTF-8"
        case .notUTF8: "bytes that are not UTF-8"
        case .forbiddenCharacter: "a character that XML does not allow"
        case .endsEarly: "the XML ends early"
        case .malformed: "something that is not XML"
        case .documentType: "document types are refused; leave <!DOCTYPE> out"
        case .unknownEntity: "an unknown entity; write the character itself or its number"
        case .namespace: "a namespace prefix that is not declared, or may not be"
        case .repeatedAttribute: "the same attribute twice"
        case .wrongEndTag: "an end tag that does not belong to the open element"
        case .outsideRoot: "something beside the one root element"
        case .tooMuch: "too deep, or too many attributes or namespaces"
        default: lockWords(reason)
        }
    }

    private static func lockWords(_ reason: Reason) -> String {
        switch reason {
        case .unexpectedText: "text where only elements may stand"
        case .repeatedElement: "an element that may stand only once"
        case .missingScope: "lockscope in the namespace DAV: must hold either exclusive or shared"
        case .missingType: "locktype in the namespace DAV: must hold write"
        case .ownerTooLong: "the owner is longer than \(LockOwner.longest) bytes"
        default: "the root element must be lockinfo in the namespace DAV:"
        }
    }
}
