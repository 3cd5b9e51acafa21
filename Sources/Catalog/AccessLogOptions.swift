/// Where the access log goes and how much of it is written.
package struct AccessLogOptions: Sendable, Equatable {
    /// A place for access log lines.
    package enum Destination: Sendable, Equatable {
        case off
        case standardError
        case file(String)
    }

    /// Where lines go.
    package var destination = Destination.off
    /// The share of exchanges written, 0 to 1.
    package var sample = 1.0

    /// The default: off.
    package init() {}
}
