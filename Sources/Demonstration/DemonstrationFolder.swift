import FoundationEssentials
import Glibc
import Server

/// A temporary folder for the configuration and the data, gone when the demonstration ends.
struct DemonstrationFolder: Sendable {
    /// Where it is.
    let path: String

    /// Makes the folder, readable by this user alone, since the journal names who wrote what.
    /// - Throws: ``StartFault``.
    init() throws(StartFault) {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var name = Array((parent + "/parley-demo-XXXXXX").utf8CString)
        let isMade = unsafe name.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard isMade else {
            throw StartFault(
                "No temporary folder can be made in \(parent). Set TMPDIR to a folder that can be written."
            )
        }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes a file.
    /// - Returns: Its path.
    /// - Throws: ``StartFault``.
    func write(_ text: String, as name: String) throws(StartFault) -> String {
        let file = path + "/" + name
        guard FileManager.default.createFile(atPath: file, contents: Data(text.utf8)) else {
            throw StartFault("\(file) cannot be written. Set TMPDIR to a folder that can be written.")
        }
        return file
    }

    /// Removes the folder with all that is in it.
    func remove() {
        try? FileManager.default.removeItem(atPath: path)  // what stays is in a temporary folder, where it is no harm
    }
}
