import Synchronization

/// Takes access log lines from all loops and writes them out in batches; drops lines rather than wait.
package final class AccessLog: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var dropped: UInt64 = 0
        /// Lines dropped that operators were told of.
        var toldOf: UInt64 = 0
        var file: AccessLogFile?
        /// The file that holds the beginning of the first line that waits, if one does.
        var begun: AccessLogFile?
        /// Why the last write failed, if it did.
        var fault: String?
    }

    /// Bytes that may wait to be written.
    private static let limit = 4 << 20

    private let state = Mutex(State())

    /// A log that writes nothing yet.
    package init() {}

    /// Lines lost since the start, because nothing could be written for too long.
    package var dropped: UInt64 { state.withLock { $0.dropped } }

    /// Writes to `file` from now on, what waits included; `nil` writes nothing.
    package func write(to file: AccessLogFile?) {
        state.withLock { state in
            state.file = file
            if file == nil { state.pending = [] }
        }
    }

    /// Takes a line.
    func append(_ line: AccessLine) {
        let bytes = line.bytes
        state.withLock { state in
            guard state.file != nil else { return }
            guard state.pending.count + bytes.count <= Self.limit else {
                state.dropped &+= 1
                return
            }
            state.pending += bytes
        }
    }

    /// Writes what has gathered; called a few times a second from the one thread that may block for it.
    ///
    /// What could not be written waits for the next time.
    /// - Returns: What operators should know, where writing begins to fail or works again.
    package func flush() -> LogLine? {
        let (bytes, file) = state.withLock { state in
            let taken = (Self.takeLines(from: &state), state.file)
            state.pending = []
            return taken
        }
        guard let file, !bytes.isEmpty else { return nil }
        let (count, fault) = file.write(bytes)
        return state.withLock { state in
            Self.putBack(bytes[count...], in: &state)
            state.begun = count > 0 && count < bytes.count && bytes[count - 1] != 10 ? file : nil
            return Self.note(fault, in: &state)
        }
    }

    /// What waits, without the rest of a line whose beginning went to another file.
    private static func takeLines(from state: inout State) -> [UInt8] {
        guard let begun = state.begun, !begun.isSame(as: state.file), let end = state.pending.firstIndex(of: 10) else {
            return state.pending
        }
        state.begun = nil
        state.dropped &+= 1
        return Array(state.pending[(end + 1)...])
    }

    /// Has what was not written wait before what came meanwhile, of which the last lines are dropped where it is too much.
    private static func putBack(_ rest: ArraySlice<UInt8>, in state: inout State) {
        guard !rest.isEmpty else { return }
        state.pending.insert(contentsOf: rest, at: 0)
        guard state.pending.count > limit else { return }
        let end = state.pending[..<limit].lastIndex(of: 10).map { $0 + 1 } ?? 0
        state.dropped &+= UInt64(state.pending[end...].count { $0 == 10 })
        state.pending.removeSubrange(end...)
    }

    /// Tells of a reader that is slow only once lines are lost by it.
    private static func note(_ told: AccessLogFile.Fault?, in state: inout State) -> LogLine? {
        let isLosing = state.dropped > state.toldOf
        let fault: String? =
            switch told {
            case .failed(let reason): reason
            case .full: state.fault ?? (isLosing ? "its reader does not keep up" : nil)
            case nil: nil
            }
        defer {
            state.fault = fault
            if fault == nil { state.toldOf = state.dropped }
        }
        switch (state.fault, fault) {
        case (nil, let reason?):
            let detail = "It cannot be written: \(reason). Lines wait while there is room for them."
            return LogLine(.error, "access log", [("detail", detail)])
        case (_?, nil):
            let detail = "It is written again; \(state.dropped) lines were lost since the start."
            return LogLine(.error, "access log", [("detail", detail)])
        default: return nil
        }
    }
}
