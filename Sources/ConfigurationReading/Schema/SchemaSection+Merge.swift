import Catalog

extension SchemaSection {
    /// The key `merge` of the policy `conflict`.
    static let merge = SchemaSection(
        "policies.conflict.merge",
        summary: """
            A PUT or PATCH whose `If-Match` names an earlier version is brought to the current one if both changed other \
            places, and answered with `Conflict-Resolution: merged`. An overlap gets 412 with the three values of each \
            place. Objects are merged member by member, arrays are all or nothing unless named here. Places are JSON \
            pointers; `*` stands for any one step.
            """,
        example: """
            conflict:
              level: serialise
              merge: { mode: json, keyed: { /lines: id }, sets: [/tags], counters: [/stock], groups: [[/start, /end]] }
            """,
        keys: [
            SchemaKey(
                "mode",
                .choice(["off", "json"], later: []),
                default: "json",
                "Whether, and how, writes are merged."
            ),
            SchemaKey(
                "atomic",
                .list(.text(.pointer), atLeast: 0),
                default: "[]",
                "Places that change as a whole or not at all."
            ),
            SchemaKey(
                "keyed",
                .named(.text(.text), noun: "pointer"),
                default: "{}",
                "Arrays of objects that are merged item by item, each with the field that tells its items apart."
            ),
            SchemaKey(
                "sets",
                .list(.text(.pointer), atLeast: 0),
                default: "[]",
                "Arrays of single values whose order means nothing."
            ),
            SchemaKey(
                "counters",
                .list(.text(.pointer), atLeast: 0),
                default: "[]",
                "Numbers to which the differences of both sides are added."
            ),
            SchemaKey(
                "groups",
                .list(.list(.text(.pointer), atLeast: 2), atLeast: 0),
                default: "[]",
                "Places that belong together: if both sides change some of a group, nothing is merged."
            ),
            SchemaKey(
                "attempts",
                .whole(1...100),
                default: "3",
                "Times a merge is tried when the upstream refuses the version because somebody wrote past the gateway."
            ),
        ]
    )
}
