package import Catalog
package import HTTPSemantics

/// Applies rules to a text that comes in pieces.
///
/// What comes out, put together, is what applying the rules to the whole text gives, however it was cut. Held back is
/// only what could still become a part of a finding, and never more than a finding can be long: at most 512 bytes for
/// formats, the longest keyword, 1,024 bytes for regular expressions. Rules that only log hold nothing back.
package struct GuardedStream: Sendable {
    /// What a search may look at before the place where it begins.
    private static let neighbourhood = 8

    /// How many scalars regular expressions and keywords have looked at, each time anew.
    package var effort: Int { scan.effort }
    /// What was found so far; the last of them may still grow.
    package var findings: [ContentFinding] { scan.findings }
    /// Whether the call fails; from then on nothing goes out.
    package var isRefused: Bool { scan.isRefused }
    /// How many bytes are held back.
    package var held: Int { isRefused ? 0 : buffer.count - scan.released }

    private var scan: ContentScan
    private var buffer: [UInt8] = []

    /// A stream of `direction`; `place` is where its text stands in a body.
    package init(_ rules: ContentRules, _ direction: ContentGuard.Direction, at place: JSONPointer? = nil) {
        scan = ContentScan(rules.rules(for: direction, at: place?.tokens))
    }

    /// A stream of `direction` of which nobody knows where its text will stand: rules with places look at all of it.
    package init(_ rules: ContentRules, everywhere direction: ContentGuard.Direction) {
        scan = ContentScan(rules.rules(everywhere: direction))
    }

    /// Takes the next piece; returns what may go out now.
    package mutating func feed(_ piece: String) -> String {
        guard !scan.isIdle else { return piece }
        guard !isRefused else { return "" }
        buffer.append(contentsOf: piece.utf8)
        return advance(isFinal: false)
    }

    /// Returns what was held back, now that the text is over.
    package mutating func finish() -> String {
        scan.isIdle || isRefused ? "" : advance(isFinal: true)
    }

    private mutating func advance(isFinal: Bool) -> String {
        // The buffer is moved out, so that it can be read while the scan changes.
        var bytes: [UInt8] = []
        swap(&bytes, &buffer)
        var output: [UInt8] = []
        scan.search(bytes.span, isFinal: isFinal)
        scan.release(bytes.span, isFinal: isFinal, into: &output)
        let spent = scan.needed - Self.neighbourhood
        if spent > 0 {
            bytes.removeFirst(spent)
            scan.forget(spent)
        }
        buffer = bytes
        return String(decoding: output, as: UTF8.self)
    }
}
