import HTTPSemantics
import Testing

/// Whole numbers are those that arithmetic on their digits finds, however they are written.
@Suite struct JSONIntegerTests {
    private func integer(_ text: String) throws -> Int? { try JSONParser.parse(bytes(text)).integer }

    /// The number as its digits say, by moving the point through the text.
    private static func wanted(_ text: String) -> Int? {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.lowercased().split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        var (whole, fraction) = (Array(mantissa[0]), mantissa.count > 1 ? Array(mantissa[1]) : [])
        let exponent = parts.count > 1 ? Int(parts[1].drop { $0 == "+" }) ?? 0 : 0
        if exponent >= 0 {
            for _ in 0..<exponent { whole.append(fraction.isEmpty ? "0" : fraction.removeFirst()) }
        } else {
            for _ in 0..<(-exponent) { fraction.insert(whole.popLast() ?? "0", at: 0) }
        }
        guard fraction.allSatisfy({ $0 == "0" }) else { return nil }
        let digits = String(whole.drop { $0 == "0" })
        let most = isNegative ? "9223372036854775808" : "9223372036854775807"
        guard digits.count < 19 || digits.count == 19 && digits <= most else { return nil }
        return digits.isEmpty ? 0 : Int(isNegative ? "-" + digits : digits)
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("-12", -12), ("1e2", 100), ("100.0", 100), ("1.5", nil), ("-1.5", nil),
        ("999999999999999999", 999_999_999_999_999_999), ("9999999999999999999", nil),
        ("-999999999999999999", -999_999_999_999_999_999), ("-9999999999999999999", nil),
        ("9223372036854775807", Int.max), ("9223372036854775808", nil), ("-9223372036854775808", Int.min),
        ("-9223372036854775809", nil), ("9223372036854775807.00", Int.max), ("922337203685477580.7e1", Int.max),
        ("1e18", 1_000_000_000_000_000_000), ("1e19", nil), ("9e18", 9_000_000_000_000_000_000), ("0e30", 0),
        ("0.0", 0),
        ("-0.0e-5", 0), ("1e-1", nil), ("10e-1", 1), ("1000000000000000000000e-20", 10),
    ])
    func `numbers at the edges are whole and fit, or not`(text: String, wanted: Int?) throws {
        #expect(try integer(text) == wanted)
        #expect(Self.wanted(text) == wanted)
    }

    @Test(arguments: 1...20)
    func `digits alone are the number they say, with and without a minus`(count: Int) throws {
        var chance = SeededChance(seed: UInt64(count))
        var texts = ["1", "8", "9"].map { String(repeating: $0, count: count) }
        texts.append("1" + String(repeating: "0", count: count - 1))
        for _ in 0..<200 {
            let rest = (1..<count).map { _ in String(Int.random(in: 0...9, using: &chance)) }
            texts.append(String(Int.random(in: 1...9, using: &chance)) + rest.joined())
        }
        for text in texts + texts.map({ "-" + $0 }) {
            #expect(try integer(text) == Self.wanted(text), "\(text)")
        }
    }

    @Test func `so are fractions and powers of ten`() throws {
        let seed: UInt64 = 20_251_123
        var chance = SeededChance(seed: seed)
        var whole = 0
        for _ in 0..<10_000 {
            var text = Bool.random(using: &chance) ? "-" : ""
            text += String(
                UInt64.random(in: 0...UInt64.max, using: &chance) >> UInt64.random(in: 0...63, using: &chance)
            )
            if Bool.random(using: &chance) {
                text += "." + String(Int.random(in: 0...99, using: &chance))
                text += String(repeating: "0", count: Int.random(in: 0...3, using: &chance))
            }
            if Bool.random(using: &chance) {
                text += ["e", "E", "e+", "e-", "E-"].randomElement(using: &chance) ?? "e"
                text += String(Int.random(in: 0...22, using: &chance))
            }
            let wanted = Self.wanted(text)
            whole += wanted == nil ? 0 : 1
            #expect(try integer(text) == wanted, "\(text), seed \(seed)")
        }
        #expect(whole > 2_000)
    }
}
