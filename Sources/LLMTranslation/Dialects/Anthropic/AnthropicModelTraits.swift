/// What a model's name tells of what it takes: Anthropic's models differ in how thinking is asked for.
///
/// Names are `claude-FAMILY-MAJOR-MINOR` with a date behind or, up to version 3, `claude-MAJOR-MINOR-FAMILY`. Of a name
/// that tells no version nothing is held back.
struct AnthropicModelTraits: Equatable {
    /// Whether thinking can be asked for without a budget, by effort (from version 4.6).
    let thinksAdaptively: Bool
    /// Whether thinking can be asked for by a budget of tokens (to version 4.6).
    let takesBudget: Bool
    /// Whether thinking is off unless asked for, so that nothing need be said against it (before version 5).
    let isQuietByDefault: Bool
    /// Whether `temperature`, `top_p` and `top_k` may be other than by default (to version 4.6).
    let takesSampling: Bool
    /// Whether `temperature` and `top_p` may both be given (before version 4.1).
    let takesBothSamplers: Bool
    /// Whether `xhigh` is among the efforts (from version 4.7).
    let knowsExtraHigh: Bool
    /// Whether answers and the input of tools can be held to a schema (from version 4.1).
    let formsOutput: Bool

    /// The traits of the vendor's `model`, or of whatever model another server offers.
    init(of model: String, isVendorItself: Bool) {
        guard let version = Self.version(of: model) else {
            thinksAdaptively = isVendorItself
            takesBudget = true
            isQuietByDefault = false
            takesSampling = true
            takesBothSamplers = true
            knowsExtraHigh = true
            formsOutput = true
            return
        }
        thinksAdaptively = version >= 406
        takesBudget = version <= 406
        isQuietByDefault = version < 500
        takesSampling = version <= 406
        takesBothSamplers = version < 401
        knowsExtraHigh = version >= 407
        formsOutput = version >= 401
    }

    /// A hundred times the major version and the minor one.
    private static func version(of model: String) -> Int? {
        let words = model.utf8.split { $0 == 0x2D || $0 == 0x2E || $0 == 0x2F || $0 == 0x3A || $0 == 0x40 }
        guard let start = words.firstIndex(where: { $0.elementsEqual("claude".utf8) }) else { return nil }
        let rest = words[(start + 1)...]
        // Longer numbers are dates.
        let number = { (word: Substring.UTF8View) -> Int? in
            word.count <= 2 ? Int(String(Substring(word)), radix: 10) : nil
        }
        guard let first = rest.firstIndex(where: { number($0) != nil }), let major = number(rest[first]), major > 0
        else {
            return nil
        }
        let next = rest.index(after: first)
        return major * 100 + (next < rest.endIndex ? number(rest[next]) ?? 0 : 0)
    }
}
