import HTTPSemantics

extension SchemaCheck {
    /// Whether the elements of an array obey a rule for arrays.
    mutating func elementsObey(_ rule: SchemaRule, _ elements: [JSONValue]) -> Bool {
        switch rule {
        case .elementCount(let bound): bound.allows(elements.count) || fail(bound.keyword, bound.message)
        case .elements(let first, let rest): elementsFit(elements, first, rest)
        case .distinctElements: areDistinct(elements)
        case .contains(let schema, let least, let most): contain(elements, schema, least, most)
        default: true
        }
    }

    private mutating func elementsFit(_ elements: [JSONValue], _ first: [Int], _ rest: Int?) -> Bool {
        var fits = true
        for (index, element) in elements.enumerated() where !isDone(fits) {
            guard let schema = index < first.count ? first[index] : rest else { break }
            path.enter(index)
            fits = apply(schema, to: element) && fits
            path.leave()
        }
        return fits
    }

    private mutating func areDistinct(_ elements: [JSONValue]) -> Bool {
        var fits = true
        var seen: [[UInt8]: Int] = [:]
        for (index, element) in elements.enumerated() where !isDone(fits) {
            let key = CanonicalJSON.bytes(of: element)
            spend(1, bytes: key.count)
            guard let earlier = seen[key] else {
                seen[key] = index
                continue
            }
            path.enter(index)
            fits = fail("uniqueItems", "must not be the same as element \(earlier), counted from 0")
            path.leave()
        }
        return fits
    }

    private mutating func contain(_ elements: [JSONValue], _ schema: Int, _ least: Int, _ most: Int?) -> Bool {
        var count = 0
        for element in elements where !isExhausted {
            if probe(schema, element) { count += 1 }
            // More could not make it wrong, or could not make it right.
            if most.map({ count > $0 }) ?? (count >= least) { break }
        }
        let unit = { (count: Int) in Wording.count(count, "element") + (count == 1 ? " that fits" : " that fit") }
        if let most, count > most {
            return fail("maxContains", "must have at most \(unit(most)) the schema under contains")
        }
        guard count < least else { return true }
        let keyword = least == 1 ? "contains" : "minContains"
        return fail(keyword, "must have at least \(unit(least)) the schema under contains")
    }
}
