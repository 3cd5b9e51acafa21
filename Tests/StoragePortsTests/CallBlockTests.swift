import StorageContract
import StoragePorts
import Testing

/// Calls packed together come back as they were, and bytes that nobody packed are refused.
struct CallBlockTests {
    private func packed(_ records: [ModelCallRecord]) -> [UInt8] {
        var batch = CallBatch()
        for record in records { batch.add(record) }
        return batch.packed()
    }

    @Test func `nothing can be packed`() throws {
        let block = try CallBlock(packed([]))
        #expect(try block.records() == [])
        #expect(try block.consumers() == [])
    }

    @Test(arguments: [
        "01890a5d-ac96-774b-bcce-b302099a8057", "01890A5D-AC96-774B-BCCE-B302099A8057",
        "01890a5d-ac96-774b-bcce-b302099a805", "01890a5d-ac96-774b-bcce-b302099a80577",
        "01890a5d-ac96-774b-bcce+b302099a8057", "01890a5d-ac96-774b-bcce-b302099a805g",
        "01890a5d-ac96-774b-bcceb-302099a8057", "------------------------------------", "x", "é",
        "ééééééééééééééééé\u{301}x",
    ])
    func `identifiers come back letter by letter`(text: String) throws {
        let record = ModelCallRecord.sample(1) { record in
            record.id = text
            record.requestID = text
        }
        let kept = try #require(CallBlock(packed([.sample(0), record, .sample(2)])).records().dropFirst().first)
        #expect(Array(kept.id.utf8) == Array(text.utf8))
        #expect(kept.requestID.map { Array($0.utf8) } == Array(text.utf8))
    }

    @Test func `an identifier of the gateway's own takes 17 bytes`() {
        let long = "01890a5d-ac96-774b-bcce-b302099a8057"
        let sizes = [long, "x"].map { id in packed([.sample(1) { $0.id = id }]).count }
        #expect(sizes[0] - sizes[1] == 15)
    }

    @Test func `names that only look the same stay apart`() throws {
        let names = ["\u{E9}", "e\u{301}", "\u{E9}", ""]
        let records = names.enumerated().map { number, name in ModelCallRecord.sample(number) { $0.model = name } }
        let block = try CallBlock(packed(records))
        #expect(try block.records().map { Array($0.model.utf8) } == names.map { Array($0.utf8) })
        var filter = UsageFilter()
        filter.model = "e\u{301}"
        #expect(try block.records(filter, after: nil).map(\.id) == ["call-1"])
    }

    @Test func `a block that ends too soon, or goes on, is damaged`() throws {
        let bytes = packed([.full(1), .sample(2), .full(3)])
        for end in 0..<bytes.count {
            #expect(throws: DamagedBlock.self) { try CallBlock(Array(bytes[..<end])).records() }
        }
        #expect(throws: DamagedBlock.self) { try CallBlock(bytes + [0]).records() }
        #expect(throws: DamagedBlock.self) { try CallBlock([2] + bytes.dropFirst()).records() }
    }

    @Test func `a block of which any byte was changed is read or refused`() throws {
        let bytes = packed([.full(1), .sample(2), .full(3)])
        var refused = 0
        for place in bytes.indices {
            for change: UInt8 in [1, 0x40, 0x80, 0xFF] {
                var changed = bytes
                changed[place] ^= change
                guard let block = try? CallBlock(changed), (try? block.records()) != nil else {
                    refused += 1
                    continue
                }
                var sums = CallSums(UsageQuery(by: .day))
                try sums.add(block)
            }
        }
        #expect(refused > bytes.count)
    }

    @Test func `counts that no block can have cost nothing`() {
        let most: [UInt8] = Array(repeating: 0xFF, count: 9) + [1]
        #expect(throws: DamagedBlock.self) { try CallBlock([1] + most) }
        #expect(throws: DamagedBlock.self) { try CallBlock([1, 0] + most) }
        #expect(throws: DamagedBlock.self) { try CallBlock([1, 1] + most) }
    }

    @Test func `whoever packs knows the times and consumers without reading`() {
        var batch = CallBatch()
        for (number, consumer) in ["b", nil, "a", "b"].enumerated() {
            batch.add(.sample(number, at: [5, 9, 2, 7][number]) { $0.consumer = consumer })
        }
        #expect(batch.consumers == ["b", "a"])
        #expect((batch.first, batch.last, batch.count) == (2, 9, 4))
    }

    @Test(arguments: [(-1, 1), (253_402_300_800_000, 1), (.max, 1), (0, 0), (0, 129)] as [(Int64, Int)])
    func `there is an objection to times and identifiers that cannot be`(time: Int64, length: Int) {
        #expect(ModelCallRecord.sample(1, at: time) { $0.id = String(repeating: "i", count: length) }.objection != nil)
        #expect(ModelCallRecord.sample(1, at: 0) { $0.id = String(repeating: "i", count: 128) }.objection == nil)
    }
}
