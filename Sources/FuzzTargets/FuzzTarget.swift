import HTTPWire

/// One reader that meets bytes from outside, with the promises it keeps whatever they are.
///
/// The fuzz programs look for bytes that break a promise; the replay tests feed every file of `Fuzz` once.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case requestHead = "FuzzRequestHead"
    case answerHead = "FuzzAnswerHead"
    case chunked = "FuzzChunked"
    case entityTags = "FuzzEntityTags"
    case targetPath = "FuzzTargetPath"
    case json = "FuzzJSON"
    case structuredFields = "FuzzStructuredFields"
    case configuration = "FuzzConfiguration"
    case codedTags = "FuzzCodedTags"
    case lockCondition = "FuzzLockCondition"
    case patch = "FuzzPatch"
    case diagnosis = "FuzzDiagnosis"
    case modelRequests = "FuzzModelRequests"
    case modelAnswers = "FuzzModelAnswers"
    case modelStreams = "FuzzModelStreams"
    case outline = "FuzzOutline"
    case callBlock = "FuzzCallBlock"

    /// Longer inputs find nothing new and take long to read byte by byte.
    private static let longest = 64 * 1024

    /// Reads `bytes` in every way there is.
    /// - Throws: ``Disagreement`` when a promise is broken.
    package func check(_ bytes: [UInt8]) throws(Disagreement) {
        let input = Array(bytes.prefix(Self.longest))
        switch self {
        case .requestHead: try HeadPromises.check(input, as: .request)
        case .answerHead: try HeadPromises.check(input, as: .answer)
        case .chunked: try ChunkedPromises.check(input)
        case .entityTags: try ConditionPromises.check(input)
        case .targetPath: try TargetPathPromises.check(input)
        case .json: try JSONPromises.check(input)
        case .structuredFields: try StructuredFieldPromises.check(input)
        case .configuration: try ConfigurationPromises.check(input)
        case .codedTags: try CodingPromises.check(input)
        case .lockCondition: try LockPromises.check(input)
        case .patch: try MergePromises.check(input)
        case .diagnosis: try DiagnosisPromises.check(input)
        case .modelRequests: try ModelRequestPromises.check(input)
        case .modelAnswers: try ModelAnswerPromises.check(input)
        case .modelStreams: try ModelStreamPromises.check(input)
        case .outline: try OutlinePromises.check(input)
        case .callBlock: try CallBlockPromises.check(input)
        }
    }
}
