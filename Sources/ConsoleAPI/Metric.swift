/// A metric that the console exposes: the one table from which both the exposition and its reference are made.
enum Metric: String, CaseIterable {
    case requests = "parley_requests_total"
    case requestDuration = "parley_request_duration_seconds"
    case upstreamDuration = "parley_upstream_duration_seconds"
    case conflicts = "parley_conflicts_total"
    case writeWait = "parley_write_wait_seconds"
    case writeQueue = "parley_write_queue"
    case rateLimited = "parley_rate_limited_total"
    case connections = "parley_connections"
    case journalLag = "parley_journal_lag_seconds"
    case journalDropped = "parley_journal_dropped_total"
    case journalDegraded = "parley_journal_degraded"
    case tokenUsage = "gen_ai_client_token_usage"
    case operationDuration = "gen_ai_client_operation_duration_seconds"
    case timeToFirstToken = "gen_ai_server_time_to_first_token_seconds"
    case modelCost = "parley_model_cost_total"
    case modelAttempts = "parley_model_attempts_total"
    case guardFindings = "parley_guard_findings_total"
    case usageDropped = "parley_usage_dropped_total"
    case accessLogDropped = "parley_access_log_dropped_total"
    case build = "parley_build_info"
    case processSeconds = "process_cpu_seconds_total"
    case processResident = "process_resident_memory_bytes"
    case processVirtual = "process_virtual_memory_bytes"
    case processFiles = "process_open_fds"
    case processFileLimit = "process_max_fds"
    case processThreads = "process_threads"
    case processStart = "process_start_time_seconds"

    /// How Prometheus treats it.
    enum Form: String {
        case counter
        case gauge
        case histogram
    }

    /// How Prometheus treats it.
    var form: Form {
        switch self {
        case .requestDuration, .upstreamDuration, .writeWait, .tokenUsage, .operationDuration, .timeToFirstToken:
            .histogram
        case .requests, .conflicts, .rateLimited, .journalDropped, .modelCost, .modelAttempts, .guardFindings,
            .usageDropped, .accessLogDropped, .processSeconds:
            .counter
        default: .gauge
        }
    }

    /// Names of its labels, in order.
    var labels: [String] {
        switch self {
        case .requests: ["service", "route", "method", "status"]
        case .requestDuration, .upstreamDuration, .writeWait, .writeQueue, .rateLimited: ["service", "route"]
        case .conflicts: ["service", "route", "kind", "origin", "resolution"]
        case .connections: ["side"]
        case .tokenUsage: Self.modelLabels + ["gen_ai_token_type"]
        case .operationDuration: Self.modelLabels + ["error_type"]
        case .timeToFirstToken, .modelAttempts: Self.modelLabels
        case .modelCost: Self.modelLabels + ["currency"]
        case .guardFindings: ["guard", "mode", "on"]
        case .build: ["version"]
        default: []
        }
    }

    /// Labels of everything that is counted by operation, provider and model.
    static let modelLabels = ["gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model"]

    /// What it counts, in one sentence.
    var help: String {
        switch self {
        case .requests: "Requests answered, by route, method and status."
        case .requestDuration: "Time from the first byte of a request to the last byte of its answer."
        case .upstreamDuration: "Time from the first byte sent to the upstream to the last byte of its answer."
        case .conflicts: "Conflicts seen, by kind, by who answered (gateway or upstream) and by what became of them."
        case .writeWait: "Time that writes waited for their turn on a resource."
        case .writeQueue: "Writes that wait for their turn now."
        case .rateLimited: "Requests refused by a rate limit."
        case .connections: "Open connections, on the client or the upstream side."
        case .journalLag: "Age of the oldest conflict that is not in the journal yet."
        case .journalDropped:
            "Conflicts that never reached the journal: no room in the buffer, or refused by the store."
        case .journalDegraded: "1 while the journal cannot be written, else 0."
        case .tokenUsage: "Tokens of a call of a language model, input or output."
        case .operationDuration:
            "Time from the arrival of a call of a language model to its end; with `error_type` if it failed."
        case .timeToFirstToken: "Time from the arrival of a call of a language model to the first token of its answer."
        case .modelCost: "What calls of language models cost, in units of the currency, where prices are known."
        case .modelAttempts: "How many times providers of language models were asked, repeated tries included."
        case .guardFindings:
            "What content guards found, by guard, by what was done about it, and on requests or answers."
        case .usageDropped:
            "Calls that never reached the usage ledger: no room in the buffer, or refused."
        case .accessLogDropped: "Lines that never reached the access log, which could not be written for too long."
        case .build: "Always 1; the label says which version runs."
        case .processSeconds: "Processor time used, user and system together."
        case .processResident: "Memory in use, resident."
        case .processVirtual: "Memory in use, virtual."
        case .processFiles: "Open file descriptors."
        case .processFileLimit: "Most file descriptors that may be open."
        case .processThreads: "Threads."
        case .processStart: "When the process started, in seconds since 1970."
        }
    }
}
