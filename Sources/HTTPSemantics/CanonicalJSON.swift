/// One text for all JSON texts that mean the same: members in order of their names, numbers in one way of writing.
///
/// Made for comparing and hashing, not for sending.
package enum CanonicalJSON {
    /// The text of `value` without what stands at the places `ignored`.
    package static func bytes(of value: JSONValue, ignoring ignored: [JSONPointer] = []) -> [UInt8] {
        var writer = Writer(ignored: ignored.map { $0.tokens[...] })
        writer.write(value, ignored: writer.roots)
        return writer.output
    }

    private struct Writer {
        let roots: [ArraySlice<String>]
        var output: [UInt8] = []

        init(ignored: [ArraySlice<String>]) { roots = ignored }

        mutating func write(_ value: JSONValue, ignored: [ArraySlice<String>]) {
            switch value {
            case .null: output += Array("null".utf8)
            case .bool(let value): output += Array((value ? "true" : "false").utf8)
            case .number(let number): output += number.canonicalText
            case .string(let text): write(text)
            case .array(let elements): write(elements, ignored: ignored)
            case .object(let object): write(object, ignored: ignored)
            }
        }

        private mutating func write(_ elements: [JSONValue], ignored: [ArraySlice<String>]) {
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                let below = Self.step(ignored, to: String(index))
                // An element cannot be left out without moving those behind it.
                if below.contains(where: \.isEmpty) {
                    output.append(UInt8(ascii: "_"))
                } else {
                    write(element, ignored: below)
                }
                output.append(UInt8(ascii: ","))
            }
            output.append(UInt8(ascii: "]"))
        }

        private mutating func write(_ object: JSONObject, ignored: [ArraySlice<String>]) {
            output.append(UInt8(ascii: "{"))
            let members = object.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            for member in members {
                let below = Self.step(ignored, to: member.name)
                guard !below.contains(where: \.isEmpty) else { continue }
                write(member.name)
                output.append(UInt8(ascii: ":"))
                write(member.value, ignored: below)
                output.append(UInt8(ascii: ","))
            }
            output.append(UInt8(ascii: "}"))
        }

        /// Texts are preceded by their length, so that no text can look like structure.
        private mutating func write(_ text: String) {
            output += Array("\(text.utf8.count)".utf8)
            output.append(UInt8(ascii: "\""))
            output += Array(text.utf8)
        }

        private static func step(_ ignored: [ArraySlice<String>], to token: String) -> [ArraySlice<String>] {
            guard !ignored.isEmpty else { return [] }
            let wanted = ExactText(token)
            return ignored.filter { $0.first.map(ExactText.init) == wanted }.map { $0.dropFirst() }
        }
    }
}
