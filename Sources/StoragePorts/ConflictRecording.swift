/// Takes conflicts from the request path without ever making it wait.
package protocol ConflictRecording: Sendable {
    /// Hands over `entry`; returns at once, from any thread, and drops the oldest waiting entry if there is no room.
    func record(_ entry: ConflictEntry)
}
