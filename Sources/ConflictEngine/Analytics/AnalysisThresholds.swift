/// The numbers that the analysis decides by; advice is given only on more than a handful of cases.
package enum AnalysisThresholds {
    /// Fewest writes of a route, within the time looked at, that advice is given on.
    package static let writes = 20
    /// Fewest conflicts of the sort that a piece of advice is about.
    package static let conflicts = 5
    /// Smallest share of a route's writes that must collide before another way of writing is advised.
    package static let collidingShare = 0.05
    /// Smallest share of a sample that counts as «mostly».
    package static let majority = 0.5
    /// Attempts of one caller at one resource, all meeting the same kind, that make a storm.
    package static let stormAttempts = 5
    /// Time within which they must fall, in milliseconds.
    package static let stormMilliseconds: Int64 = 10_000
    /// Time within which a repeated creation counts as the same intention, in milliseconds.
    package static let repeatMilliseconds: Int64 = 10_000
    /// Gap from which on people, rather than programs, are taken to edit the same thing, in milliseconds.
    package static let editingMilliseconds: Int64 = 60_000
    /// Pieces of advice given at most.
    package static let advice = 20
    /// Parts of documents named in one piece of advice at most, of each sort.
    package static let pointers = 5
}
