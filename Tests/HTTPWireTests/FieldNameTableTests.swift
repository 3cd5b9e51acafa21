import FuzzTargets
import HTTPWire
import Testing

/// Every name the gateway knows is recognised in any case, and no other name is.
@Suite struct FieldNameTableTests {
    private static let known = FieldName.allCases.filter { $0 != .other && $0 != .parley }

    private func found(_ name: String) -> FieldName? {
        HeadReading(wire("GET / HTTP/1.1\r\n\(name): x\r\n\r\n"), as: .request).fields.first?.id
    }

    @Test(arguments: known)
    func `a known name is found in any case`(_ name: FieldName) {
        let lower = name.text.description
        var isUpper = false
        let mixed = String(
            lower.map { letter in
                isUpper.toggle()
                return isUpper ? Character(letter.uppercased()) : letter
            }
        )
        for spelling in [lower, lower.uppercased(), lower.capitalized, mixed] {
            #expect(found(spelling) == name, "\(spelling)")
        }
    }

    @Test(arguments: known)
    func `a name that differs in one letter is another field`(_ name: FieldName) {
        let lower = Array(name.text.description)
        for index in lower.indices {
            var other = lower
            other[index] = lower[index] == "q" ? "j" : "q"
            #expect(found(String(other)) == .other, "\(String(other))")
            // These differ from a letter or a hyphen in the bit that tells the cases apart.
            other[index] = lower[index] == "-" ? "_" : "^"
            #expect(found(String(other)) == .other, "\(String(other))")
        }
        let text = String(lower)
        #expect(found(text + "s") != name)
        #expect(found("x" + text) != name)
        #expect(found(String(text.dropLast())) != name)
    }

    @Test func `names are distinct, in lower case, and fit into one word`() {
        #expect(Set(Self.known.map(\.text.description)).count == Self.known.count)
        #expect(FieldName.other.text.utf8CodeUnitCount == 0 && FieldName.parley.text.utf8CodeUnitCount == 0)
        #expect(Self.known.allSatisfy { $0.text.utf8CodeUnitCount > 1 })
        #expect(FieldName.allCases.allSatisfy { $0.rawValue < 64 && $0.text.utf8CodeUnitCount < 32 })
        #expect(Self.known.allSatisfy { $0.text.description == $0.text.description.lowercased() })
        #expect(Set(FieldName.allCases.map(\.bit)).count == FieldName.allCases.count)
    }

    @Test func `the family of Parley's own fields is known by its prefix`() {
        for name in [
            "Parley-Conflict", "parley-x", "PARLEY-VERSION", "parley-", "parley-" + String(repeating: "a", count: 60),
        ] {
            #expect(found(name) == .parley, "\(name)")
        }
        for name in ["parley", "parleyx", "parley_x", "x-parley-y", "arley-x", "0arley-x", "Parle", "p"] {
            #expect(found(name) == .other, "\(name)")
        }
    }

    @Test func `a set holds what it was made of`() {
        let set = FieldSet(.host, .parley)
        #expect(set.has(.host) && set.has(.parley) && !set.has(.other) && !set.has(.via))
        #expect(FieldName.allCases.filter(FieldSet.hopByHop.has).count == 9)
        #expect(FieldSet.hopByHop.has(.connection) && FieldSet.hopByHop.has(.te) && !FieldSet.hopByHop.has(.via))
    }
}

extension String {
    /// Capital letters at the beginning and after hyphens.
    fileprivate var capitalized: String {
        split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined(separator: "-")
    }
}
