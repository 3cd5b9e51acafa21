import Catalog
import ConflictEngine

/// What the texts of a conflict may mention.
struct MessageWords {
    /// What is being changed.
    var resource: String
    /// The version the caller named.
    var yourVersion: String?
    /// The version that is current.
    var currentVersion: String?
    /// The other writer, if it may be named.
    var consumer: String?
    /// What the upstream said.
    var upstreamDetail: String?

    /// The title and detail for a kind: the policy's, with its holes filled, or the built-in ones.
    func text(
        for kind: ConflictKind,
        policy: ConflictPolicy?,
        fallback: String
    ) -> (title: String, detail: String) {
        let message = policy?.messages[kind.rawValue]
        return (message?.title.map(fill) ?? kind.title, message?.detail.map(fill) ?? fallback)
    }

    private func fill(_ text: String) -> String {
        ConflictMessageTemplate(text).filled(
            with: ConflictMessageTemplate.Values(
                resource: resource,
                yourVersion: yourVersion,
                currentVersion: currentVersion,
                consumer: consumer,
                upstreamDetail: upstreamDetail
            )
        )
    }
}
