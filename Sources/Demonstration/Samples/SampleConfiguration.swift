import Foundation
import Server

/// The configuration of the demonstration: short enough to be read, and a start for one's own.
package enum SampleConfiguration {
    /// The text of the file.
    package static func text(for cast: Cast) -> String {
        """
        # Made by `parley demo`, and removed when it ends.
        parley: 1

        upstreams:
          items:
            targets: [ { url: "http://\(cast.items.authority)" } ]
          accounts:
            targets: [ { url: "http://\(cast.accounts.authority)" } ]

        # Language models: a sample stands in for each vendor whose key is not in the environment.
        providers:
          \(providers(at: cast.models).joined(separator: "\n  "))
        models:
          \(models.joined(separator: "\n  "))

        consumers:
          \(cast.ada.name): { keys: [ { hash: "sha256:\(cast.ada.digest)" } ] }
          \(cast.ben.name): { keys: [ { hash: "sha256:\(cast.ben.digest)" } ] }

        services:
          items:
            upstream: items
            routes:
              # The API has no versions. The gateway gives it some, and lets one writer through at a time.
              item:
                path: /items/{id}
                policies:
                  key-auth: {}
                  conflict: { level: serialise, require-condition: true }

              # The same items under another name: changes that do not overlap are merged, and editors may lock.
              document:
                path: /documents/{id}
                rewrite: /items/{id}
                policies:
                  key-auth: {}
                  conflict: { level: serialise, merge: { mode: json }, locks: { enabled: true } }
              # The API makes an order of every POST. With a key, a retry gets the first answer and makes none.
              orders:
                path: /orders
                policies:
                  key-auth: {}
                  conflict: { idempotency: { required: true } }

          accounts:
            upstream: accounts
            routes:
              # Level observe, the default: answers pass, and conflicts in them are named and journaled.
              signup:
                path: /signup
                methods: [POST]

          # Every vendor's client finds its paths here, and every model behind them.
          models:
            llm: {}

        """
    }

    /// Whether a variable of the environment has a value.
    static func isSet(_ variable: String) -> Bool { !(ProcessInfo.processInfo.environment[variable] ?? "").isEmpty }

    private static func providers(at sample: Endpoint) -> [String] {
        SampleProvider.all.flatMap { [$0.entry(at: sample, has: isSet), $0.sampleEntry(at: sample)] }
    }

    private static var models: [String] {
        SampleProvider.all.flatMap { vendor in
            ["\(vendor.alias)", "tour-\(vendor.alias)"].map { name in
                let provider = name == vendor.alias ? vendor.name : "sample-\(vendor.name)"
                return "\(name): { targets: [ { provider: \(provider), model: \(vendor.model) } ] }"
            }
        }
    }
}
