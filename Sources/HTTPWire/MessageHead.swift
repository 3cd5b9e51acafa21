package import NIOCore

/// The head of one request or answer: its bytes, and an index of where everything is.
///
/// Reused for every message of a connection. Bytes are kept as they came, so that fields nobody touches are
/// copied onward without being looked at again.
package struct MessageHead: ~Copyable {
    /// The limits of contract §3.1.
    package enum Limit {
        /// Bytes of a start line without its CRLF.
        package static let requestLine = 8 * 1024
        /// Bytes of all field lines with their CRLFs, without the empty line.
        package static let section = 32 * 1024
        /// Number of fields.
        package static let fields = 100
    }

    /// Which start line is expected.
    package enum Role: Sendable { case request, answer }

    /// The bytes of the head received so far, start line first.
    package private(set) var bytes: [UInt8] = []
    /// The fields in the order they came.
    package private(set) var fields: [FieldLine] = []
    /// Which recognised fields are there.
    package private(set) var present = FieldSet(rawValue: 0)
    /// Which recognised fields came more than once.
    package private(set) var repeated = FieldSet(rawValue: 0)
    /// Method of a request.
    package internal(set) var method = ByteSlice(0, 0)
    /// Target of a request, as sent.
    package internal(set) var target = ByteSlice(0, 0)
    /// Status of an answer.
    package internal(set) var status = 0
    /// 1 for HTTP/1.1, 0 for HTTP/1.0.
    package internal(set) var minorVersion: UInt8 = 1
    /// Offset of the first byte after the start line.
    package private(set) var fieldsStart = 0

    private let role: Role
    private let names = FieldNameTable.shared
    private var first = [UInt8](repeating: 0, count: 64)
    private var lineStart = 0
    private var searched = 0
    private var hasSkippedEmptyLine = false

    /// An empty head that waits for a message of this role.
    package init(_ role: Role) {
        self.role = role
        bytes.reserveCapacity(512)
        fields.reserveCapacity(16)
    }

    /// Whether nothing of the next message has come yet.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Forgets the message, keeping the memory unless it grew unusually large.
    package mutating func reset() {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 4096)
        fields.removeAll(keepingCapacity: true)
        present = FieldSet(rawValue: 0)
        repeated = FieldSet(rawValue: 0)
        fieldsStart = 0
        lineStart = 0
        searched = 0
        hasSkippedEmptyLine = false
    }
}

// MARK: - Reading

extension MessageHead {
    /// Whether a head is there.
    package enum Progress: Sendable { case needsMore, complete }

    /// Takes bytes until the head is complete; what belongs to the body is left alone.
    ///
    /// Work is proportional to the bytes given, however they are cut.
    /// - Throws: ``WireFault``; the head is unusable afterwards.
    package mutating func take(_ count: Int, from source: RawSpan) throws(WireFault) -> (progress: Progress, taken: Int)
    {
        var taken = 0
        while taken < count {
            let piece = min(count - taken, 1024)
            unsafe source.extracting(taken..<taken + piece).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
            if try readLines() {
                let excess = bytes.count - lineStart
                bytes.removeLast(excess)
                return (.complete, taken + piece - excess)
            }
            taken += piece
        }
        return (.needsMore, taken)
    }

    /// Reads the lines that are complete; true when the empty line was among them.
    private mutating func readLines() throws(WireFault) -> Bool {
        while let end = nextLineFeed() {
            let start = lineStart
            lineStart = end + 1
            try checkLimits(upTo: lineStart)
            guard end > start, bytes[end - 1] == ASCII.cr else { throw .malformed("a line ends in a bare LF") }
            if fieldsStart == 0 {
                if start == end - 1, role == .request { try skipEmptyLine(); continue }
                try readStartLine(start, end - 1)
                fieldsStart = lineStart
            } else if start == end - 1 {
                return true
            } else {
                try readField(start, end - 1)
            }
        }
        try checkLimits(upTo: bytes.count)
        return false
    }

    private mutating func nextLineFeed() -> Int? {
        let found = Self.lineFeed(in: bytes.span, from: searched)
        searched = found.map { $0 + 1 } ?? bytes.count
        return found
    }

    private static func lineFeed(in span: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < span.count {
            if unsafe span[unchecked: index] == ASCII.lf { return index }
            index &+= 1
        }
        return nil
    }

    /// An empty line before the request line is passed over once (RFC 9112 §2.2).
    private mutating func skipEmptyLine() throws(WireFault) {
        guard !hasSkippedEmptyLine else { throw .malformed("empty lines stand before the request line") }
        hasSkippedEmptyLine = true
        bytes.removeFirst(2)
        searched -= 2
        lineStart = 0
    }

    /// Looks at limits before anything else of a line, so that the fault is the same however the bytes are cut.
    ///
    /// Each limit leaves room for one CRLF: that of the start line, and the empty line after the fields.
    private func checkLimits(upTo end: Int) throws(WireFault) {
        if fieldsStart == 0 {
            guard end <= Limit.requestLine + 2 else { throw role == .request ? .requestLineTooLong : .headersTooLarge }
        } else {
            guard end - fieldsStart <= Limit.section + 2 else { throw .headersTooLarge }
        }
    }

    private mutating func readStartLine(_ start: Int, _ end: Int) throws(WireFault) {
        switch role {
        case .request: try readRequestLine(start, end)
        case .answer: try readStatusLine(start, end)
        }
    }

    private mutating func readField(_ start: Int, _ end: Int) throws(WireFault) {
        guard fields.count < Limit.fields else { throw .headersTooLarge }
        let line = try Self.fieldLine(bytes.span, start, end, names)
        index(line)
    }

    private static func fieldLine(
        _ span: Span<UInt8>,
        _ start: Int,
        _ end: Int,
        _ names: FieldNameTable
    ) throws(WireFault) -> FieldLine {
        var colon = start
        while colon < end, unsafe ASCII.isToken(span[unchecked: colon]) { colon &+= 1 }
        guard colon < end, span[colon] == UInt8(ascii: ":") else { throw faultOfName(span, start, colon, end) }
        guard colon > start else { throw .malformed("a header field has no name") }
        let value = try trimmedValue(span, colon + 1, end)
        let id = names.find(span.extracting(start..<colon))
        return FieldLine(
            name: ByteSlice(start, colon),
            value: value,
            end: UInt16(truncatingIfNeeded: end + 2),
            id: id
        )
    }

    private mutating func index(_ line: FieldLine) {
        let bit = line.id.bit
        if present.rawValue & bit == 0 {
            present.rawValue |= bit
            first[Int(line.id.rawValue)] = UInt8(truncatingIfNeeded: fields.count)
        } else {
            repeated.rawValue |= bit
        }
        fields.append(line)
    }

    private static func faultOfName(_ span: Span<UInt8>, _ start: Int, _ at: Int, _ end: Int) -> WireFault {
        guard at < end else { return .malformed("a header line has no colon") }
        let isBlank = span[at] == ASCII.space || span[at] == ASCII.tab
        guard isBlank else { return .malformed("a header name holds a character that is not allowed") }
        return at == start
            ? .malformed("a header line begins with white space (obsolete line folding)")
            : .malformed("white space stands before the colon of a header field")
    }

    private static func trimmedValue(_ span: Span<UInt8>, _ from: Int, _ to: Int) throws(WireFault) -> ByteSlice {
        var start = from
        var end = to
        while start < end, unsafe isBlank(span[unchecked: start]) { start &+= 1 }
        while end > start, unsafe isBlank(span[unchecked: end &- 1]) { end &-= 1 }
        var index = start
        while index < end {
            if unsafe ASCII.isForbiddenInValue(span[unchecked: index]) {
                throw .malformed("a header value holds a control character")
            }
            index &+= 1
        }
        return ByteSlice(start, end)
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }
}

// MARK: - Looking things up

extension MessageHead {
    /// The position of the first field of this name.
    package func position(of name: FieldName) -> Int? {
        present.has(name) ? Int(first[Int(name.rawValue)]) : nil
    }

    /// The value of the first field of this name.
    package func slice(of name: FieldName) -> ByteSlice? {
        position(of: name).map { fields[$0].value }
    }

    /// A copy of a range of the head.
    package func copy(_ slice: ByteSlice) -> [UInt8] {
        Array(bytes[slice.range])
    }

    /// The range as text; bytes that are not UTF-8 are replaced.
    package func text(_ slice: ByteSlice) -> String {
        String(decoding: bytes[slice.range], as: UTF8.self)
    }

    /// The value of the first field of this name, as text.
    package func text(of name: FieldName) -> String? {
        slice(of: name).map { text($0) }
    }

    /// The values of all fields of this name, in order.
    package func values(of name: FieldName) -> [[UInt8]] {
        guard present.has(name) else { return [] }
        return fields.compactMap { $0.id == name ? copy($0.value) : nil }
    }

    /// The offset of the first such byte in a range, or the range's end.
    package func offset(of byte: UInt8, from start: Int, to end: Int) -> Int {
        let span = bytes.span
        var index = start
        while index < end, span[index] != byte { index &+= 1 }
        return index
    }

    /// Whether the range equals `lower` but for the case of letters.
    package func matches(_ slice: ByteSlice, _ lower: StaticString) -> Bool {
        ASCII.equalIgnoringCase(bytes.span.extracting(slice.range), lower)
    }

    /// Whether the range is exactly `text`.
    package func equals(_ slice: ByteSlice, _ text: StaticString) -> Bool {
        guard Int(slice.length) == text.utf8CodeUnitCount else { return false }
        let span = bytes.span.extracting(slice.range)
        for index in span.indices where unsafe span[index] != text.utf8Start[index] { return false }
        return true
    }

    /// Appends a range of the head to a buffer.
    package func append(_ slice: ByteSlice, to buffer: inout ByteBuffer) {
        append(slice.range, to: &buffer)
    }

    /// Appends a range of the head to a buffer.
    package func append(_ range: Range<Int>, to buffer: inout ByteBuffer) {
        unsafe buffer.writeBytes(bytes.span.extracting(range).bytes)
    }
}
