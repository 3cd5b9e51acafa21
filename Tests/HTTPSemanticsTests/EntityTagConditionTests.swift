import HTTPSemantics
import Testing

struct EntityTagConditionTests {
    private func tags(_ lines: String...) throws -> [String] {
        guard case .tags(let tags) = try EntityTagCondition(fieldLines: lines.map(bytes)) else { return ["*"] }
        return tags.map(\.text)
    }

    @Test func `commas within quotes belong to a tag and empty members are passed over`() throws {
        #expect(try tags(#""B", "x,y" ,, "A""#) == [#""B""#, #""x,y""#, #""A""#])
        #expect(try tags(#", ,"A","#) == [#""A""#])
        #expect(try tags("\t\"A\"\t,\t W/\"B\" ") == [#""A""#, #"W/"B""#])
    }

    @Test func `several lines make one list`() throws {
        #expect(try tags(#""A""#, "", #"W/"B", "C""#) == [#""A""#, #"W/"B""#, #""C""#])
    }

    @Test func `a star alone means any version and a quoted star is a tag`() throws {
        #expect(try EntityTagCondition(fieldLines: [bytes(" * ")]) == .any)
        #expect(try tags(#""*""#) == [#""*""#])
    }

    @Test(arguments: [[#"*, "A""#], [#""A", *"#], ["*, *"], ["*", "*"], ["*", #""A""#], ["*,"], ["", "*"]])
    func `a star beside anything else is malformed`(lines: [String]) {
        #expect(throws: MalformedCondition(reason: .starNotAlone)) {
            try EntityTagCondition(fieldLines: lines.map(bytes))
        }
    }

    @Test(arguments: [[], [""], [" , ,"], ["", "\t"]])
    func `a list without a tag is malformed`(lines: [String]) {
        #expect(throws: MalformedCondition(reason: .noTags)) { try EntityTagCondition(fieldLines: lines.map(bytes)) }
    }

    @Test(arguments: [
        ["A"], [#""A" "B""#], [#""A""B""#], [#""A"#], [#"w/"A""#], [#""A"; "B""#], [#""A", B"#], [#""a"#, #"b""#],
        [#""a b""#], ["1-9c65"], [#""A"*"#],
    ])
    func `what is not a list of tags is malformed`(lines: [String]) {
        #expect(throws: MalformedCondition(reason: .notATag)) { try EntityTagCondition(fieldLines: lines.map(bytes)) }
    }

    @Test func `only a strong tag counts as one that can match strongly`() throws {
        #expect(try EntityTagCondition(fieldLines: [bytes(#"W/"A", "B""#)]).hasStrongTag)
        #expect(try !EntityTagCondition(fieldLines: [bytes(#"W/"A""#)]).hasStrongTag)
        #expect(!EntityTagCondition.any.hasStrongTag)
    }
}
