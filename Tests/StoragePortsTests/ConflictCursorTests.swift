import StoragePorts
import Testing

struct ConflictCursorTests {
    @Test(arguments: [(Int64(0), Int64(1)), (1_700_000_000_000, 42), (-5, 7), (.max, .max), (.min, .min)])
    func `reads back what it wrote`(time: Int64, number: Int64) {
        let cursor = ConflictCursor(time: time, position: JournalPosition(number))
        #expect(ConflictCursor(text: cursor.text) == cursor)
    }

    @Test(arguments: ["", ".", "1", "1.", ".1", "1.2.3", "1.é", "zzzzzzzzzzzzzzzz.1", " 1.2", "1,2"])
    func `refuses what no list ever gave out`(text: String) {
        #expect(ConflictCursor(text: text) == nil)
    }
}
