import HTTPSemantics

/// Vectors as base64 of 32-bit floats, least significant byte first: what OpenAI's SDKs ask for.
package enum FloatBase64 {
    /// The text of `vector`; numbers that 32 bits cannot tell apart become the same.
    package static func text(of vector: [Double]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * 4)
        for number in vector {
            let bits = Float(number).bitPattern
            for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 * place))) }
        }
        return Base64.text(of: bytes)
    }

    /// The vector that `text` is; `nil` for what is not base64, not of whole floats, or holds something that is no number.
    package static func vector(of text: String) -> [Double]? {
        guard let bytes = Base64.bytes(of: text), bytes.count % 4 == 0 else { return nil }
        var vector: [Double] = []
        vector.reserveCapacity(bytes.count / 4)
        var index = 0
        while index + 3 < bytes.count {
            var bits: UInt32 = 0
            for place in 0..<4 { bits |= UInt32(bytes[index + place]) << UInt32(8 * place) }
            let number = Float(bitPattern: bits)
            guard number.isFinite else { return nil }
            vector.append(Double(number))
            index += 4
        }
        return vector
    }
}
