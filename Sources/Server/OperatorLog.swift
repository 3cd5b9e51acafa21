package import DataPlane
import Glibc
import HTTPSemantics

/// Writes what operators should know to standard error, one JSON object a line.
package enum OperatorLog {
    /// Writes a line; a closed standard error is nobody's concern.
    package static func write(_ line: LogLine) {
        var object = JSONObject()
        object.set("time", to: .string(RFC3339.text(milliseconds: WallClock.milliseconds())))
        object.set("level", to: .string(line.level.rawValue))
        object.set("message", to: .string(line.message))
        for (key, value) in line.fields { object.set(key, to: .string(value)) }
        text(JSONWriter.bytes(.object(object)) + [10])
    }

    /// Writes bytes as they are.
    package static func text(_ bytes: [UInt8]) {
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
