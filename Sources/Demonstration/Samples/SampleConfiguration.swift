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

        """
    }
}
