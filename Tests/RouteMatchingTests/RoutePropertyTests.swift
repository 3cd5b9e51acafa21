import Catalog
import RouteMatching
import Testing

/// Random tables and paths over a tiny alphabet, so that everything meets everything.
struct RoutePropertyTests {
    private static let hosts = ["a.test", "b.a.test", "*.test", "*.a.test", "*.b.a.test", "c.org"]
    private static let fields = [
        "a.test", "B.A.test:80", "x.b.a.test.", "x.a.test", "test", "c.org", "x.org", "", "y.x.b.a.TEST:1",
    ]
    private static let methods = ["GET", "PUT", "POST", "PROPPATCH"]

    private func randomPattern(_ chance: inout SeededChance) -> String {
        var parts = (0..<Int.random(in: 0...4, using: &chance)).map { _ in
            ["a", "b", "{p}", "", "{q}", "ab"].randomElement(using: &chance) ?? "a"
        }
        if Int.random(in: 0..<4, using: &chance) == 0 { parts.append("{t...}") }
        return "/" + parts.joined(separator: "/")
    }

    private func randomEntries(_ chance: inout SeededChance) -> [RouteTable.Entry] {
        (0..<Int.random(in: 1...14, using: &chance)).map { index in
            let methods = Bool.random(using: &chance) ? nil : Self.methods.shuffled(using: &chance)
            let hosts = Self.hosts.shuffled(using: &chance).prefix(max(0, Int.random(in: -3...3, using: &chance)))
            let taken = methods.map { Array($0.prefix(Int.random(in: 1...2, using: &chance))) }
            return RouteTable.Entry(index, randomPattern(&chance), taken, on: Array(hosts))
        }
    }

    private func randomPath(_ chance: inout SeededChance) -> String {
        let parts = (0..<Int.random(in: 1...5, using: &chance)).map { _ in
            ["a", "b", "c", "", "ab"].randomElement(using: &chance) ?? "a"
        }
        return "/" + parts.joined(separator: "/")
    }

    private func randomBytes(_ chance: inout SeededChance) -> [UInt8] {
        (0..<Int.random(in: 0...24, using: &chance)).map { _ in
            Bool.random(using: &chance) ? UInt8.random(in: 0...255, using: &chance) : UInt8(ascii: "/")
        }
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `agrees with the naive matcher and does not care about order`(seed: UInt64) throws {
        var chance = SeededChance(seed)
        let entries = randomEntries(&chance)
        let table = try RouteTable(entries)
        let shuffled = try RouteTable(entries.shuffled(using: &chance))
        let naive = NaiveMatcher(entries: entries)
        for _ in 0..<60 {
            let path = randomPath(&chance)
            let host = Self.fields.randomElement(using: &chance) ?? ""
            let method = (Self.methods + ["BREW"]).randomElement(using: &chance) ?? "GET"
            let expected = naive.match(method, path, host: host)
            #expect(table.match(method, path, host: host) == expected, "\(method) \(host)\(path)")
            #expect(shuffled.match(method, path, host: host) == expected, "shuffled: \(method) \(host)\(path)")
        }
    }

    @Test func `no overlap means that at most one route is best`() throws {
        for seed in 1000..<1200 as Range<UInt64> {
            var chance = SeededChance(seed)
            let entries = randomEntries(&chance)
            guard RouteTable.overlaps(entries).isEmpty else { continue }
            let last = entries.count - 1
            let renumbered = entries.map { entry in
                var entry = entry
                entry.index = last - entry.index
                return entry
            }
            let (table, mirror) = (try RouteTable(entries), try RouteTable(renumbered))
            for _ in 0..<30 {
                let path = randomPath(&chance)
                let host = Self.fields.randomElement(using: &chance) ?? ""
                let mirrored = mirror.found(path, host: host).map { Found(last - $0.index, $0.captures) }
                #expect(table.found(path, host: host) == mirrored)
            }
        }
    }

    @Test func `random bytes never trap`() throws {
        var chance = SeededChance(7)
        let table = try RouteTable(randomEntries(&chance) + [.init(99, "/{rest...}")])
        for _ in 0..<3000 {
            let (host, path, method) = (randomBytes(&chance), randomBytes(&chance), randomBytes(&chance))
            let match = table.match(host: host.span, path: path.span, method: method.span)
            #expect((match == .notFound) == (path.first != UInt8(ascii: "/")))
        }
    }
}
