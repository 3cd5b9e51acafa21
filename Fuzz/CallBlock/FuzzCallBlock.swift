import FuzzTargets

/// Called by libFuzzer with bytes of its making; a broken promise ends the program, which counts as a finding.
@c(LLVMFuzzerTestOneInput)
public func fuzzCallBlock(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
    do throws(Disagreement) {
        try FuzzTarget.callBlock.check(unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count)))
    } catch {
        fatalError(error.description)
    }
    return 0
}
