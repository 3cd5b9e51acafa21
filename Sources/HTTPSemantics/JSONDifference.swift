/// Where two JSON values differ.
package enum JSONDifference {
    /// The places that differ, as plain RFC 6901 pointers, at most `limit` of them.
    ///
    /// Objects are compared member by member and arrays of equal length element by element; an array whose length
    /// changed is named as a whole, and so is a member that came or went. The root itself is `""`. The order is that
    /// of `from`, then what `to` adds.
    package static func changedPointers(from: JSONValue, to: JSONValue, limit: Int = 100) -> [String] {
        var walk = Walk(limit: limit)
        walk.compare(from, to)
        return walk.found
    }
}

extension JSONDifference {
    /// A walk through both values at once.
    private struct Walk {
        let limit: Int
        var found: [String] = []
        private var path: [UInt8] = []

        init(limit: Int) { self.limit = limit }

        mutating func compare(_ old: JSONValue, _ new: JSONValue) {
            guard found.count < limit else { return }
            switch (old, new) {
            case (.object(let before), .object(let after)):
                compare(before, after)
            case (.array(let before), .array(let after)) where before.count == after.count:
                for (index, pair) in zip(before, after).enumerated() {
                    step(to: String(index)) { $0.compare(pair.0, pair.1) }
                }
            default:
                if old != new { note() }
            }
        }

        private mutating func compare(_ before: JSONObject, _ after: JSONObject) {
            for member in before.members {
                step(to: member.name) { walk in
                    if let value = after[member.name] { walk.compare(member.value, value) } else { walk.note() }
                }
                guard found.count < limit else { return }
            }
            for member in after.members where before[member.name] == nil {
                step(to: member.name) { $0.note() }
                guard found.count < limit else { return }
            }
        }

        private mutating func step(to token: String, _ body: (inout Self) -> Void) {
            let length = path.count
            JSONPointer.append(token, to: &path)
            body(&self)
            path.removeLast(path.count - length)
        }

        private mutating func note() {
            guard found.count < limit else { return }
            found.append(String(decoding: path, as: UTF8.self))
        }
    }
}
