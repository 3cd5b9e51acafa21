import Catalog
import ConsoleBasics
import HTTPSemantics
import LLMGateway
import SQLiteStorage
import StoragePorts

/// What the console sees of language models.
struct ObservedModels {
    /// Models, providers and their state.
    let shared: ModelShared
    /// Sums of what was used.
    let accounts: ModelAccounts
    /// What writes the ledger.
    let writer: UsageWriter
    /// The ledger.
    let ledger: any UsageLedger

    /// The providers with what was spent at each, as far back as the ledger goes.
    func providers() async -> [JSONObject] {
        guard let status = shared.status else { return [] }
        let totals = (try? await ledger.totals(UsageQuery(by: .provider))) ?? []  // spending is left out then
        return status.providers.map { provider in
            var document = provider
            let total = totals.first { $0.key == provider["name"]?.string }
            document.set("calls", to: .number(JSONNumber(total?.calls ?? 0)))
            document.set("spent", to: .array((total?.costs ?? []).map(Self.document)))
            return document
        }
    }

    private static func document(_ cost: UsageCost) -> JSONValue {
        ["amount": .string(MoneyText.text(cost.picounits)), "currency": .string(cost.currency)]
    }
}
