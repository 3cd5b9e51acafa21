import ArgumentParser
import Server

/// Addresses to listen on, on the command line.
enum EndpointOption {
    /// Reads `HOST:PORT`.
    static func read(_ text: String, _ option: String) throws -> Endpoint {
        guard let endpoint = Endpoint(parsing: text) else {
            throw ValidationError("\(option) takes HOST:PORT, such as 127.0.0.1:8080; «\(text)» is not that")
        }
        return endpoint
    }
}
