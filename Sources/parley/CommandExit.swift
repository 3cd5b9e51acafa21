import ArgumentParser
import Glibc
import Server

/// Turns errors into exit codes: 0 fine, 1 not fine, 2 wrong usage, 3 cannot start.
enum CommandExit {
    /// Says what is wrong and ends the process.
    static func end(with error: any Error, of command: any ParsableCommand.Type) -> Never {
        if let fault = error as? StartFault {
            say("parley: \(fault.message)")
            exit(fault.exitCode)
        }
        if let code = error as? ExitCode { exit(code.rawValue) }
        let text = command.fullMessage(for: error)
        let status = command.exitCode(for: error)
        if status.isSuccess {
            print(text)
            exit(0)
        }
        say(text)
        exit(status == .validationFailure ? 2 : 1)
    }

    /// Writes a line to standard error.
    static func say(_ text: String) {
        OperatorLog.text(Array((text + "\n").utf8))
    }
}
