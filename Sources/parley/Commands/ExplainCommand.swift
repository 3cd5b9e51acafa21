import ArgumentParser
import Server

/// `parley explain METHOD URL`: the way that a request would take, from the plan that the gateway itself runs.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says which route, policies and target a request would get, or why it would be refused.",
        discussion: """
            Ends with 0 if the request would be forwarded or answered, and with 1 if it would be refused.

            EXAMPLE:
              parley explain PUT http://localhost:8080/items/42 --config parley.yaml --as alice
              parley explain GET /items/42 --config parley.yaml --header 'Host: api.example.com'
            """
    )

    @Argument(help: "The method, such as GET.")
    var method: String
    @Argument(help: "The URL, http://HOST:PORT/PATH, or only its /PATH.")
    var url: String
    @Option(help: "The configuration file.")
    var config = "./parley.yaml"
    @Option(name: .customLong("as"), help: "The consumer who calls, as if with a key of its own.")
    var consumer: String?
    @Option(help: "A header field, 'Name: value'; may be given again.")
    var header: [String] = []

    func run() throws {
        let explained = try ExplainedRoute(
            method,
            url,
            fields: header,
            as: consumer,
            under: ConfigurationSource(path: config)
        )
        print(explained.text)
        if explained.isRefused { throw ExitCode(1) }
    }
}
