/// A number of bytes as operators write it.
package struct ByteSize: Sendable, Hashable {
    /// The largest size that can be written: 1 PiB.
    package static let largestWritten = 1 << 50

    /// The number of bytes.
    package let bytes: Int

    /// Reads `512`, `64KiB`, `1MiB`, `2GiB` or `1TiB`.
    package init(parsing text: String) throws(TextFault) {
        let (digits, unit) = WrittenNumber.split(text)
        guard !digits.isEmpty else {
            throw TextFault("is not a size", remedy: "write a number and a unit, such as 64KiB, 1MiB or 2GiB")
        }
        guard let factor = Self.bytes(in: unit) else { throw Self.unitFault(digits, unit) }
        guard let number = WrittenNumber(digits) else { throw Self.tooLarge }
        let (product, overflow) = number.value.multipliedReportingOverflow(by: factor)
        guard !overflow, product <= Self.largestWritten else { throw Self.tooLarge }
        bytes = product
    }

    /// A size in bytes, for writing it.
    package init(bytes: Int) { self.bytes = bytes }

    /// As an operator would write it, in the largest unit that needs no fraction.
    package var written: String {
        for (size, unit) in [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
        where bytes >= size && bytes % size == 0 {
            return "\(bytes / size)\(unit)"
        }
        return "\(bytes)"
    }

    private static let tooLarge = TextFault("is too large a size", remedy: "1024TiB is the largest")

    private static func bytes(in unit: Substring) -> Int? {
        switch unit {
        case "", "B": 1
        case "KiB": 1 << 10
        case "MiB": 1 << 20
        case "GiB": 1 << 30
        case "TiB": 1 << 40
        default: nil
        }
    }

    private static func unitFault(_ digits: Substring, _ unit: Substring) -> TextFault {
        let letter = unit.first.map { $0.uppercased() } ?? ""
        if ["K", "M", "G", "T"].contains(letter), unit.utf8.count <= 3 {
            return TextFault("has the unknown unit '\(unit)'", remedy: "did you mean \(digits)\(letter)iB?")
        }
        if letter == "." {
            return TextFault("has a fraction", remedy: "use a smaller unit, such as 1536KiB for 1.5MiB")
        }
        return TextFault("has the unknown unit '\(unit)'", remedy: "the units are KiB, MiB, GiB and TiB")
    }
}
