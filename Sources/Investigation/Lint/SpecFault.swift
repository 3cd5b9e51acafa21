/// Why a text is no API description that can be read.
struct SpecFault: Error, Sendable, Equatable {
    /// Where.
    let place: TextPlace
    /// What is wrong, and what to do about it.
    let message: String
}
