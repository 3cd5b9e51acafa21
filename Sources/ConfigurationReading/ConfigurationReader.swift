package import Catalog
import ContentGuarding

/// Reads configurations from YAML and finds everything that is wrong with them at once.
package struct ConfigurationReader: Sendable {
    /// What came of reading a file.
    package struct Outcome: Sendable {
        /// The configuration; `nil` if any finding is an error.
        package var configuration: Configuration?
        /// Everything found, in the order of the file.
        package var findings: [Finding]
    }

    /// The kinds of conflicts of the contract's section 4.
    package static let contractKinds: Set<String> = [
        "stale-version", "stale-version-implicit", "precondition-missing", "already-exists", "duplicate-in-flight",
        "key-reused", "outcome-unknown", "locked", "contended", "lost-update", "out-of-band-write", "state",
        "field-ownership", "edit", "parent-missing", "offset", "uniqueness", "referential", "suspected-block",
        "unversioned", "unspecified",
    ]

    private let knownKinds: Set<String>
    private let checksFiles: Bool
    private let shippedPrices: PriceList?
    private let checkRegex: @Sendable (String) throws(TextFault) -> Void

    /// A reader that knows `knownKinds` of conflicts and, if `checkFiles`, looks whether named files can be read.
    ///
    /// Models cost what `prices` says, or the list that the program carries, unless the file says otherwise; a file of
    /// prices that it names is read if `checkFiles`. `checkRegex` refuses regular expressions that cannot be used.
    package init(
        knownKinds: Set<String> = Self.contractKinds,
        checkFiles: Bool = false,
        prices: PriceList? = nil,
        checkRegex: @escaping @Sendable (String) throws(TextFault) -> Void = ContentRules.check(regex:)
    ) {
        self.knownKinds = knownKinds
        checksFiles = checkFiles
        shippedPrices = prices
        self.checkRegex = checkRegex
    }

    /// Reads `text`; `file` is its name for findings, `environment` fills `${NAME}`.
    package func read(text: String, file: String, environment: [String: String]) -> Outcome {
        var findings = Findings(file: file)
        guard let written = YAMLText.compose(text, into: &findings) else {
            return Outcome(configuration: nil, findings: findings.inOrder)
        }
        let root = EnvironmentSubstitution(environment: environment).applied(to: written, into: &findings)
        var schema = SchemaCheck(findings: findings)
        schema.check(root, is: .section(.file), path: "", at: .start)
        findings = schema.findings
        let files = NamedFiles(of: file)
        var ofPrices: [Finding] = []
        let prices = priceList(for: root, files, into: &findings, others: &ofPrices)
        let reading = WholeFile(root: root, prices: prices, kinds: knownKinds, checkRegex: checkRegex)
        var configuration = reading.configuration(into: &findings)
        if checksFiles {
            FileCheck(files: files).check(root, into: &findings)
            files.resolve(in: &configuration)
        }
        return Outcome(configuration: findings.hasErrors ? nil : configuration, findings: findings.inOrder + ofPrices)
    }

    private func priceList(
        for root: Piece,
        _ files: NamedFiles,
        into findings: inout Findings,
        others: inout [Finding]
    ) -> PriceList {
        // Without models nothing has a price, and most files have none.
        guard root["models"]?.members.isEmpty == false || root["prices"] != nil else { return PriceList() }
        let lookup = PriceLookup(shipped: shippedPrices ?? .shipped, readsFiles: checksFiles)
        return lookup.list(for: root, files: files, into: &findings, others: &others)
    }
}
