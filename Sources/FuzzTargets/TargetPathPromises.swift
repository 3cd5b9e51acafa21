import HTTPSemantics

/// What holds for the normal form of paths.
enum TargetPathPromises {
    /// Brings `input` into normal form, and that once more.
    static func check(_ input: [UInt8]) throws(Disagreement) {
        let parts = input.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first.map { Array($0) } ?? []
        if parts.count == 2 { try checkQuery(Array(parts[1])) }
        guard let normal = try? TargetPath.normalise(path) else {
            return try Disagreement.unless(!TargetPath.isNormal(path), "a path that has no normal form is normal")
        }
        let isSame = normal == path
        try Disagreement.unless(
            TargetPath.isNormal(path) == isSame,
            "normal and not its own normal form, or the reverse"
        )
        try Disagreement.unless(TargetPath.isNormal(normal), "a normal form is not normal")
        let again = try? TargetPath.normalise(normal)
        try Disagreement.unless(again == normal, "the normal form of a normal form is another")
        let segments = normal.split(separator: UInt8(ascii: "/"))
        let dots = segments.contains { $0.elementsEqual([46]) || $0.elementsEqual([46, 46]) }
        try Disagreement.unless(!dots, "a normal form holds a dot segment")
        try Disagreement.unless(normal.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a normal form holds a forbidden byte")
    }

    /// A value that is found is visible ASCII, and no longer than its bytes would be if each were escaped.
    private static func checkQuery(_ query: [UInt8]) throws(Disagreement) {
        for name in ["", "a", "tenant"] {
            guard let value = QueryString.value(of: Array(name.utf8), in: query) else { continue }
            try Disagreement.unless(value.count <= 3 * query.count, "a query value is too long for its query")
            try Disagreement.unless(
                value.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") },
                "a query value holds a forbidden byte"
            )
        }
    }
}
