import Catalog
import ConsoleAPI
import ConsoleBasics
import DataPlane
import LLMGateway
import NIOCore
import Portal
import SQLiteStorage
import StoragePorts

/// Builds every part, one line each, in layer order: the only place that makes adapters.
struct Assembly: Sendable {
    /// The data directory, claimed.
    let directory: DataDirectory
    /// The conflict journal.
    let journal: SQLiteConflictJournal
    /// What writes it.
    let writer: JournalWriter
    /// The ledger of idempotency keys.
    let ledger: SQLiteIdempotencyLedger
    /// Who has locked what.
    let locks: LockKeeper
    /// What keeps it over a restart.
    let lockStore: SQLiteLockStore
    /// The ledger of calls of models.
    let usage: SQLiteUsageLedger
    /// What writes it.
    let usageWriter: UsageWriter
    /// What all calls of models share.
    let models: ModelShared
    /// What all loops share.
    let shared: SharedState
    /// The data plane.
    let gateway: Gateway
    /// What the console sees.
    let observer: GatewayObserver
    /// What counts traffic over time.
    let recorder: TrafficRecorder
    /// The console's API.
    let api: ConsoleAPI
    /// The console's pages.
    let portal: Portal

    /// Builds everything; opens no port.
    init(_ settings: Settings, _ configuration: Configuration, state: ServerState) async throws {
        let options = configuration.gateway
        let warn = Self.warning(of: "journal")
        let windows: [QuotaWindow]
        do throws(StoreError) {
            directory = try DataDirectory(claiming: settings.dataDirectory)
            // First those without which nothing starts: the others promise to mend themselves while the server runs.
            lockStore = try SQLiteLockStore(in: directory, report: Self.warning(of: "locks"))
            locks = try LockKeeper(lockStore, log: OperatorLog.write)
            usage = try SQLiteUsageLedger(in: directory, report: Self.warning(of: "usage"))
            windows = try await usage.windows()
            journal = try SQLiteConflictJournal(in: directory, report: warn)
            ledger = try SQLiteIdempotencyLedger(in: directory, report: Self.warning(of: "ledger"))
        } catch {
            throw StartFault(error.summaryAtStart)
        }
        let clocks = JournalClocks(monotonic: { .now }, wall: { DataPlane.WallClock.milliseconds() })
        writer = JournalWriter(into: journal, keeping: JournalRetention(options.journal), clocks: clocks, report: warn)
        usageWriter = UsageWriter(into: usage, now: DataPlane.WallClock.milliseconds, report: Self.warning(of: "usage"))
        let accessLog = try Self.accessLog(options.accessLog.destination)
        let accounts = ModelAccounts(usageWriter)
        let usageWriter = usageWriter
        let quotas = QuotaTable(windows.map { QuotaTable.Window(key: $0.key, opened: $0.opened, used: $0.used) }) {
            changed in
            let windows = changed.map { QuotaWindow(key: $0.key, opened: $0.opened, used: $0.used) }
            usageWriter.append([], windows: windows)
        }
        models = ModelShared(quotas: quotas, record: accounts.take)
        shared = SharedState(
            journal: writer,
            accessLog: accessLog,
            conflictMemory: options.conflictMemory,
            bodyMemory: options.bodyMemory,
            ledger: ledger,
            locks: locks,
            mounting: ModelMounting(models),
            log: OperatorLog.write
        )
        let loops = settings.loops > 0 ? settings.loops : System.coreCount
        do {
            gateway = try await Gateway(configuration, shared: shared, loops: loops)
        } catch let fault as CompileFault {
            throw StartFault(fault.reason)
        }
        await locks.isReady()
        let written = WrittenUsage(ledger: usage, writer: usageWriter)
        observer = GatewayObserver(
            gateway: gateway,
            stores: ObservedStores(journal: writer, ledger: ledger.health, locks: lockStore.health, usage: usageWriter),
            models: ObservedModels(shared: models, accounts: accounts, writer: usageWriter, ledger: written),
            state: state
        )
        recorder = TrafficRecorder(of: observer, into: journal, now: DataPlane.WallClock.milliseconds, report: warn)
        api = ConsoleAPI(gateway: observer, journal: journal, usage: written, now: DataPlane.WallClock.milliseconds)
        portal = try Portal(gateway: observer, journal: journal, now: DataPlane.WallClock.milliseconds)
    }

    private static func accessLog(_ destination: AccessLogOptions.Destination) throws(StartFault) -> AccessLog {
        let log = AccessLog()
        do throws(CompileFault) {
            log.write(to: try AccessLogFile.open(destination))
        } catch {
            throw StartFault(error.reason)
        }
        return log
    }

    /// Writes what a store says to the log, under the name that readiness has for it.
    private static func warning(of store: String) -> @Sendable (String) -> Void {
        { OperatorLog.write(LogLine(.error, store, [("detail", $0)])) }
    }

    /// Opens the gateway's port.
    func openGateway(_ endpoint: Endpoint) async throws -> SocketAddress? {
        do {
            return try await gateway.listen(host: endpoint.host, port: endpoint.port)
        } catch {
            throw StartFault(
                "The gateway cannot listen on \(endpoint.authority): \(ListenFault.reason(error)). "
                    + "Choose another with --gateway HOST:PORT."
            )
        }
    }

    /// Makes another configuration the one that runs, wholly or not at all.
    func apply(_ configuration: Configuration) throws {
        let log = try AccessLogFile.open(configuration.gateway.accessLog.destination)
        try gateway.apply(configuration)
        writer.keep(JournalRetention(configuration.gateway.journal))
        shared.accessLog.write(to: log)
    }
}

extension JournalRetention {
    /// What the configuration says of it.
    init(_ options: JournalOptions) {
        self.init(age: options.keep, maximumBytes: options.size)
    }
}
