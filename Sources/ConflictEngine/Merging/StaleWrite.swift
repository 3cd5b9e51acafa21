package import HTTPSemantics

/// A write that was made for a version which is no longer current, and what it takes to carry it out all the same.
package struct StaleWrite: Sendable {
    /// The sort of write.
    private enum Sort { case replacement, patch, mergePatch }

    /// What comes of bringing it to the current version.
    package enum Outcome: Sendable {
        /// It is not of a sort that can be merged, or one of the documents is not proper JSON.
        case unmergeable
        /// This body, sent instead, does what was meant; the document is what it makes of the current version.
        case fits(body: [UInt8], document: JSONValue, origins: MergeOrigins)
        /// It excludes what was changed meanwhile at these places.
        case conflicting([MergeConflict])
        /// The patch is none, or does not fit.
        case refused(JSONPatchFault)
    }

    private let sort: Sort
    private let body: [UInt8]

    /// A write by its method, `Content-Type` and body; `nil` for what can never be merged.
    package init?(method: String, mediaType: [UInt8], body: [UInt8]) {
        let type = MediaType(field: mediaType)
        switch (method, type?.essence) {
        case ("PATCH", "application/json-patch+json"): sort = .patch
        case ("PATCH", "application/merge-patch+json"), ("PATCH", "application/json"): sort = .mergePatch
        case ("PUT", nil) where mediaType.isEmpty: sort = .replacement
        case ("PUT", _) where type?.isJSON == true: sort = .replacement
        default: return nil
        }
        self.body = body
    }

    /// What the write wants to make of `base`; `nil` if that cannot be told.
    package func document(from base: JSONValue) -> JSONValue? {
        guard let value = Self.proper(body) else { return nil }
        switch sort {
        case .replacement: return value
        case .mergePatch: return JSONMergePatch(value).apply(to: base)
        case .patch: return try? JSONPatch(value).apply(to: base)
        }
    }

    /// Brings the write from `base` to `theirs`, both as bytes.
    package func rebased(from base: [UInt8], onto theirs: [UInt8], rules: MergeRules) -> Outcome {
        guard let base = Self.proper(base), let theirs = Self.proper(theirs), let value = Self.proper(body) else {
            return .unmergeable
        }
        switch sort {
        case .replacement:
            switch JSONMerge.merge(base: base, mine: value, theirs: theirs, rules: rules) {
            case .merged(let document, let origins):
                return .fits(body: JSONWriter.bytes(document), document: document, origins: origins)
            case .conflicting(let conflicts, _, _): return .conflicting(conflicts)
            }
        case .mergePatch: return rebased(.merge(JSONMergePatch(value)), from: base, onto: theirs, rules: rules)
        case .patch:
            do throws(JSONPatchFault) {
                return rebased(.operations(try JSONPatch(value)), from: base, onto: theirs, rules: rules)
            } catch {
                return .refused(error)
            }
        }
    }

    private func rebased(
        _ patch: StalePatch,
        from base: JSONValue,
        onto theirs: JSONValue,
        rules: MergeRules
    ) -> Outcome {
        switch PatchRebase.rebase(patch, from: base, to: theirs, rules: rules) {
        // The patch itself says it best: what the upstream makes of it is the upstream's own business.
        case .applied(let document): .fits(body: body, document: document, origins: MergeOrigins())
        case .merged(let document, let origins): rewritten(document, over: theirs, origins)
        case .conflicting(let conflicts, omitted: _): .conflicting(conflicts)
        case .refused(let fault): .refused(fault)
        }
    }

    /// A patch of the same sort that makes `document` of `theirs`.
    private func rewritten(_ document: JSONValue, over theirs: JSONValue, _ origins: MergeOrigins) -> Outcome {
        let patch =
            sort == .patch
            ? JSONPatchWriter.patch(from: theirs, to: document)
            : JSONMergePatch.between(theirs, document)?.value
        guard let patch else { return .unmergeable }
        return .fits(body: JSONWriter.bytes(patch), document: document, origins: origins)
    }

    /// The value of bytes; `nil` if they are not JSON, or say something twice so that nobody knows what was meant.
    package static func proper(_ bytes: [UInt8]) -> JSONValue? {
        guard let value = try? JSONParser.parse(bytes), !value.repeatsNames else { return nil }
        return value
    }
}
