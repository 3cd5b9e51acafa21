/// Thrown where a test meets a case it does not expect.
struct UnexpectedOutcome: Error {}
