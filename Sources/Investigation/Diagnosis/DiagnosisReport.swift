/// What a file tells about conflicts.
package struct DiagnosisReport: Sendable {
    /// Something in the file that could not be read and was passed over.
    package struct Remark: Sendable, Equatable {
        /// Where.
        package let place: DiagnosisPlace
        /// What is wrong with it.
        package let message: String

        /// A remark.
        package init(_ place: DiagnosisPlace, _ message: String) {
            self.place = place
            self.message = message
        }
    }

    /// The form of the file.
    package var form = DiagnosisForm.combined
    /// Exchanges that were read.
    package var exchanges = 0
    /// Conflicts, in the order of the file.
    package var findings: [DiagnosisFinding] = []
    /// Conflicts beyond those that are listed.
    package var unlisted = 0
    /// How many there are of each kind.
    package var counts: [String: Int] = [:]
    /// What was passed over; the first few.
    package var remarks: [Remark] = []
    /// How much was passed over in all.
    package var passedOver = 0

    /// A report of nothing.
    package init() {}

    /// Conflicts in all.
    package var conflicts: Int { findings.count + unlisted }

    /// Notes something that cannot be read.
    mutating func passOver(_ place: DiagnosisPlace, _ message: String) {
        passedOver += 1
        if remarks.count < 10 { remarks.append(Remark(place, message)) }
    }
}
