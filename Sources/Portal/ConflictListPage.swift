import ConflictEngine
import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// What a list of conflicts says; the template reads the members by their names.
struct ConflictListPage {
    private let pageTitle = "Conflicts"
    private let isOverview = false
    private let isConflicts = true
    private let periodField: Choice
    private let kindField: Choice
    private let fields: [Field]
    private let isFiltered: Bool
    private let rows: [Row]
    private let hasRows: Bool
    private let emptyHint: String
    private let newestLink: String?
    private let olderLink: String?

    /// The list `page`, as it was `asked` for.
    init(_ page: ConflictPage, asked: QueryParameters) {
        periodField = Choice.period(asked["since"])
        kindField = Choice.kind(asked["kind"])
        fields = Field.all(asked)
        let filters = ConflictSearch.filterNames.compactMap { name in asked[name].map { (name, $0) } }
        isFiltered = !filters.isEmpty
        rows = page.entries.map(Row.init)
        hasRows = !rows.isEmpty
        emptyHint = filters.isEmpty ? "That is good news." : "Widen the search, or show all."
        let kept = filters + (asked["limit"].map { [("limit", $0)] } ?? [])
        newestLink = asked["after"].map { _ in PageLink.conflicts(kept) }
        olderLink = page.next.map { PageLink.conflicts(kept + [("after", $0.text)]) }
    }
}

extension ConflictListPage {
    /// One conflict of the list.
    struct Row {
        private let timestamp: String
        private let timeText: String
        private let link: String
        private let kindName: String
        private let method: String
        private let resourceName: String
        private let routeName: String
        private let who: String
        private let rival: String?
        private let answer: String
        private let outcome: String
        private let badge: String

        /// The row of `entry`.
        init(_ entry: ConflictEntry) {
            timestamp = RFC3339.text(milliseconds: entry.time)
            timeText = Moment.readable(entry.time)
            link = PageLink.conflict(entry.id)
            kindName = entry.kind
            method = entry.method
            resourceName = entry.resource
            routeName = entry.service + "/" + entry.route
            who = entry.consumer ?? "unknown caller"
            rival = entry.competing?.consumer
            answer = Wording.answer(entry)
            outcome = Wording.outcome(entry.resolution)
            badge = Wording.badge(entry.resolution.outcome)
        }
    }

    /// A text field of the search.
    struct Field {
        private let fieldName: String
        private let fieldLabel: String
        private let fieldValue: String

        /// The fields, with what was `asked` for in them.
        static func all(_ asked: QueryParameters) -> [Field] {
            let labels = [
                ("service", "Service"), ("route", "Route"), ("consumer", "Consumer"), ("resource", "Resource"),
            ]
            return labels.map { Field(fieldName: $0.0, fieldLabel: $0.1, fieldValue: asked[$0.0] ?? "") }
        }
    }

    /// A list of the search to choose from.
    struct Choice {
        /// One thing to choose.
        struct Option {
            /// What is sent.
            let optionValue: String
            /// What is shown.
            let optionLabel: String
            /// Whether it is the present choice.
            let isChosen: Bool
        }

        private let options: [Option]

        private init(_ offers: [(value: String, label: String)], chosen: String?) {
            var offers = offers
            // A link may ask for what the list does not offer; it must survive the next search.
            if let chosen, !offers.contains(where: { $0.value == chosen }) { offers.append((chosen, chosen)) }
            options = offers.map { offer in
                Option(optionValue: offer.value, optionLabel: offer.label, isChosen: offer.value == (chosen ?? ""))
            }
        }

        /// How far to look back.
        static func period(_ chosen: String?) -> Choice {
            let offers = [
                ("", "the beginning"), ("15m", "15 minutes ago"), ("1h", "an hour ago"), ("24h", "a day ago"),
                ("7d", "a week ago"),
            ]
            return Choice(offers.map { (value: $0.0, label: $0.1) }, chosen: chosen)
        }

        /// Which kind to look for.
        static func kind(_ chosen: String?) -> Choice {
            let kinds = ConflictKind.allCases.map { (value: $0.rawValue, label: $0.rawValue) }
            return Choice([(value: "", label: "any")] + kinds, chosen: chosen)
        }
    }
}
