import Glibc

/// A line on standard error that is written over as work goes on; nothing where that is no terminal.
struct ProgressBar: Sendable {
    private let isShown = isatty(2) == 1

    /// Shows `line` in place of the last one.
    func show(_ line: String) {
        if isShown { write("\r\u{1B}[2K" + line) }
    }

    /// Clears the line.
    func end() {
        if isShown { write("\r\u{1B}[2K") }
    }

    private func write(_ text: String) {
        _ = unsafe Array(text.utf8).withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
