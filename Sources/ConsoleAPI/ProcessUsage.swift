import Glibc

/// What the kernel counts of this process; `nil` where it does not tell.
struct ProcessUsage {
    /// Processor time, user and system, in seconds.
    var processorSeconds: Double?
    /// Resident memory in bytes.
    var residentBytes: UInt64?
    /// Virtual memory in bytes.
    var virtualBytes: UInt64?
    /// Open file descriptors.
    var openFiles: Int?
    /// Most file descriptors that may be open.
    var fileLimit: UInt64?
    /// Threads.
    var threads: Int?
    /// Start of the process in seconds since 1970.
    var startSeconds: Double?

    /// The counts as they are now (proc(5)).
    static func current() -> ProcessUsage {
        var usage = ProcessUsage()
        usage.read(stat: KernelFile.text(at: "/proc/self/stat"), system: KernelFile.text(at: "/proc/stat"))
        usage.openFiles = KernelFile.entries(of: "/proc/self/fd")
        var limit = rlimit()
        if unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            usage.fileLimit = UInt64(limit.rlim_cur)
        }
        return usage
    }

    /// Takes what `/proc/self/stat` and `/proc/stat` say.
    mutating func read(stat: String, system: String) {
        // The second field is the program's name in parentheses and may hold anything, even `)`.
        guard let end = stat.utf8.lastIndex(of: UInt8(ascii: ")")) else { return }
        let fields = stat[end...].dropFirst().split(separator: " ")
        guard fields.count > 21 else { return }
        let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        if let user = Double(fields[11]), let kernel = Double(fields[12]) { processorSeconds = (user + kernel) / ticks }
        threads = Int(fields[17])
        virtualBytes = UInt64(fields[20])
        residentBytes = UInt64(fields[21]).map { $0 &* UInt64(max(1, sysconf(Int32(_SC_PAGESIZE)))) }
        let boot = system.split(separator: "\n").first { $0.hasPrefix("btime ") }
        if let boot, let booted = Double(boot.dropFirst(6)), let started = Double(fields[19]) {
            startSeconds = booted + started / ticks
        }
    }
}
