import ConsoleBasics
import HTTPSemantics
import StoragePorts

/// What the page of one conflict says; the template reads the members by their names.
struct ConflictDetailPage {
    private let pageTitle: String
    private let isOverview = false
    private let isConflicts = true
    private let kindName: String
    private let meaning: String
    private let story: String
    private let timestamp: String
    private let timeText: String
    private let method: String
    private let resourceName: String
    private let resourceLink: String
    private let routeName: String
    private let routeLink: String
    private let who: String
    private let answer: String
    private let outcome: String
    private let yourVersion: String?
    private let currentVersion: String?
    private let requestID: String
    private let entryID: String
    private let hasCompeting: Bool
    private let rival: String
    private let rivalTimestamp: String?
    private let rivalTimeText: String
    private let rivalRequestID: String?
    private let changes: [String]
    private let hasChanges: Bool
    private let cure: String
    private let steps: [NextStep]
    private let hasSteps: Bool
    private let upstreamMessage: String?

    /// The page of `entry`.
    init(_ entry: ConflictEntry) {
        pageTitle = "\(entry.kind) on \(entry.resource)"
        kindName = entry.kind
        meaning = Wording.meaning(of: entry.kind)
        story = Self.story(of: entry)
        timestamp = RFC3339.text(milliseconds: entry.time)
        timeText = Moment.readable(entry.time)
        method = entry.method
        resourceName = entry.resource
        resourceLink = PageLink.conflicts([("resource", entry.resource)])
        routeName = entry.service + "/" + entry.route
        routeLink = PageLink.conflicts([("service", entry.service), ("route", entry.route)])
        who = entry.consumer ?? "a caller unknown to the gateway"
        answer = Wording.answer(entry)
        outcome = Wording.outcome(entry.resolution)
        yourVersion = entry.yourVersion
        currentVersion = entry.currentVersion
        requestID = entry.requestID
        entryID = entry.id
        let competing = entry.competing
        hasCompeting = competing != nil
        rival = competing?.consumer ?? "not known"
        rivalTimestamp = competing?.time.map { RFC3339.text(milliseconds: $0) }
        rivalTimeText = competing?.time.map(Moment.readable) ?? ""
        rivalRequestID = competing?.requestID
        changes = (competing?.changed ?? []).map { $0.isEmpty ? "(the whole document)" : $0 }
        hasChanges = !changes.isEmpty
        cure = Wording.cure(for: entry.kind)
        steps = NextStep.all(after: entry)
        hasSteps = !steps.isEmpty
        upstreamMessage = entry.upstreamMessage
    }

    /// What happened, in a sentence.
    private static func story(of entry: ConflictEntry) -> String {
        let who = entry.consumer ?? "An unknown caller"
        var story = "\(who) sent \(entry.method) for \(entry.resource)"
        if let rival = entry.competing?.consumer { story += ", which \(rival) had changed" }
        if let time = entry.competing?.time, entry.time >= time {
            story += " \(Wording.duration(Double(entry.time - time) / 1_000)) earlier"
        }
        return story + "; the request was \(Wording.outcome(entry.resolution))."
    }
}
