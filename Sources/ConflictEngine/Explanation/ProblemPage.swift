/// The pages under `/.well-known/parley/problems/`: one for each kind, and an index.
package enum ProblemPage {
    /// Path of the index; the page of a kind is `indexPath + "/" + name`.
    package static let indexPath = "/.well-known/parley/problems"
    /// Value of `Content-Security-Policy` for these pages: nothing but their own style sheet, known by its hash.
    package static let contentSecurityPolicy =
        "default-src 'none'; style-src '\(ProblemStyle.hash)'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"
    /// Value of `Content-Type`.
    package static let contentType = "text/html; charset=utf-8"

    /// The page of a conflict kind.
    package static func html(for kind: ConflictKind) -> String {
        html(named: kind.rawValue) ?? index()
    }

    /// The page of a kind that is no conflict.
    package static func html(for kind: GatewayProblemKind) -> String {
        html(named: kind.rawValue) ?? index()
    }

    /// The page of the kind of this name; `nil` if there is no such kind.
    package static func html(named name: String) -> String? {
        ProblemEntry.named(name).map { page(title: $0.title, body: body($0)) }
    }

    /// The page that lists all kinds and tells the statuses apart.
    package static func index() -> String {
        let conflicts = ProblemEntry.all.filter(\.isConflict)
        let others = ProblemEntry.all.filter { !$0.isConflict }
        return page(
            title: "Problems",
            body: [
                .tag("h1", "Problems"), .tag("h2", "Conflicts"), list(conflicts), .tag("h2", "Other refusals"),
                list(others),
                .tag("h2", "403, 409, 412, 423 or 428?"), comparison(),
            ],
        )
    }

    private static func page(title: String, body: [HTMLNode]) -> String {
        let head: [HTMLNode] = [
            .element("meta", [HTMLNode.Attribute(name: "charset", value: "utf-8")], []),
            .element(
                "meta",
                [
                    HTMLNode.Attribute(name: "name", value: "viewport"),
                    HTMLNode.Attribute(name: "content", value: "width=device-width, initial-scale=1"),
                ],
                [],
            ),
            .tag("title", "\(title) – Parley"), .style(ProblemStyle.sheet),
        ]
        let root = HTMLNode.element(
            "html",
            [HTMLNode.Attribute(name: "lang", value: "en")],
            [.tag("head", head), .tag("body", [.tag("main", body)])],
        )
        return "<!doctype html>\n" + root.html + "\n"
    }

    private static func body(_ entry: ProblemEntry) -> [HTMLNode] {
        var nodes: [HTMLNode] = [
            .tag("nav", [.link(indexPath, "All problems")]),
            .tag("p", [.tag("code", entry.name)]),
            .tag("h1", entry.title),
            .tag(
                "dl",
                [
                    .tag("dt", "Status"), .tag("dd", entry.status), .tag("dt", "Same request again?"),
                    .tag("dd", entry.again),
                ]
            ),
            .tag("h2", "Why it happened"), .tag("p", entry.cause),
            .tag("h2", "What to do"), .tag("ol", entry.steps.map { .tag("li", $0) }),
            .tag("h2", "What it looks like"), .tag("pre", [.tag("code", entry.example)]),
        ]
        if entry.isConflict { nodes += [.tag("h2", "403, 409, 412, 423 or 428?"), comparison()] }
        return nodes
    }

    private static func list(_ entries: [ProblemEntry]) -> HTMLNode {
        .tag(
            "ul",
            entries.map { entry in
                .tag("li", [.link("\(indexPath)/\(entry.name)", entry.name), .text(" – \(entry.title)")])
            }
        )
    }

    private static func comparison() -> HTMLNode {
        let header = HTMLNode.tag("tr", ["Status", "Means", "What to do"].map { .tag("th", $0) })
        let rows = StatusComparison.rows.map { row in
            HTMLNode.tag("tr", [.tag("td", row.status), .tag("td", row.meaning), .tag("td", row.reaction)])
        }
        return .tag("table", [.tag("thead", [header]), .tag("tbody", rows)])
    }
}
