package import NIOCore

/// Writes a chunked body (RFC 9112 §7.1).
package enum ChunkedEncoder {
    /// Writes the size line of a chunk of `count` bytes, `count` above 0.
    package static func writeSize(_ count: Int, to buffer: inout ByteBuffer) {
        var shift = 60
        while shift > 0, count >> shift == 0 { shift -= 4 }
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: (count >> shift) & 15)
            buffer.writeInteger(digit < 10 ? digit &+ 48 : digit &+ 87)
            shift -= 4
        }
        buffer.writeStaticString("\r\n")
    }

    /// Writes the end of a chunk's data.
    package static func writeChunkEnd(to buffer: inout ByteBuffer) {
        buffer.writeStaticString("\r\n")
    }

    /// Writes the last chunk and the trailer section.
    package static func writeEnd(trailers: [(name: [UInt8], value: [UInt8])] = [], to buffer: inout ByteBuffer) {
        buffer.writeStaticString("0\r\n")
        for field in trailers {
            buffer.writeBytes(field.name)
            buffer.writeStaticString(": ")
            buffer.writeBytes(field.value)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("\r\n")
    }
}
